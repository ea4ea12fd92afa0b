import { type Product, productChanged } from '@eip/contracts'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import { aProduct, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { decideUpsert } from '../domain/product-change.ts'
import { canonicalProduct, contentOf } from '../domain/product-content.ts'
import { type ProductStoreHarness, productStoreContract } from '../ports/product-store.contract.ts'
import { postgresProductStore } from './postgres.product-store.ts'
import { type ProductTables, productStoreMigrations } from './sql.product-tables.ts'

const url = testEngines.postgres ?? ''

const newSchema = () => temporarySchema(url, [productStoreMigrations, ...postgresOutboxMigrations])
const join = async (schema: TemporarySchema) => {
  const { database, outbox, sent, leave } = await schema.join<ProductTables>()
  return { store: postgresProductStore({ database, outbox }), sent, leave }
}

async function open(): Promise<ProductStoreHarness> {
  const schema = await newSchema()
  const harness = async (): Promise<ProductStoreHarness> => {
    const { store, sent, leave } = await join(schema)
    const reopen = async () => {
      await leave()
      return harness()
    }
    return { store, sent, reopen, close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  productStoreContract(open)

  const requestOf = (fields: Partial<Product> & { id: string }) => {
    const product = canonicalProduct(aProduct(fields))
    return { id: product.id, product, content: contentOf(product) }
  }

  it('counts versions one by one and sends every change, when several processes change the same products', async () => {
    await using schema = await newSchema()
    const processes = await Promise.all([join(schema), join(schema), join(schema)])
    let events = 0
    const occasion = { now: 1, trace: 'trace', newEventId: () => `event ${events++}` }
    const ids = ['a', 'b', 'c', 'd']
    const outcomes = await Promise.all(
      processes.flatMap(({ store }, place) =>
        Array.from({ length: 10 }, (_, round) => {
          // Each process names them in another order, half of them for the first time.
          const inOrder = [...ids.slice(place), ...ids.slice(0, place), `new-${round}`]
          const requests = inOrder.map((id) => requestOf({ id, title: `Title ${place} ${round}` }))
          return store.change(requests, (request, standing) => decideUpsert(request, standing, occasion))
        }),
      ),
    )
    const created = outcomes.flat().filter((outcome) => outcome === 'created')
    expect(created).toHaveLength(ids.length + 10)
    const [first] = processes
    const sent = await first!.sent()
    expect(sent).toHaveLength(30 * 5)
    for (const id of ids) {
      const versions = sent.filter(({ key }) => key === id).map(({ version }) => version)
      expect(versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
      expect((await first!.store.read(id))?.version).toBe(30)
    }
    expect(await first!.store.count()).toEqual({ products: 14, active: 14 })
    expect(sent.every(({ schema }) => schema === productChanged.schema)).toBe(true)
  })
})
