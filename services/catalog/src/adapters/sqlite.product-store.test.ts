import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { aProduct } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideUpsert } from '../domain/product-change.ts'
import { canonicalProduct, contentOf } from '../domain/product-content.ts'
import { type ProductStoreHarness, productStoreContract } from '../ports/product-store.contract.ts'
import { type ProductTables, productStoreMigrations } from './sql.product-tables.ts'
import { sqliteProductStore } from './sqlite.product-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eip-catalog-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function open(): Promise<ProductStoreHarness> {
  const database = await openSqliteDatabase<ProductTables>({
    file: join(folder, 'catalog.sqlite'),
    migrations: [outboxMigrations, productStoreMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    store: sqliteProductStore({ database, outbox }),
    sent: async () => (await outbox.next(1_000)).map((entry) => entry.event),
    reopen: async () => {
      await database.close()
      return open()
    },
    close: database.close,
  }
}

describe('sqlite', () => productStoreContract(open))

describe('a file of the time before products had reviews', () => {
  const stored =
    '{"id":"a","title":"Kettle","description":"","brand":null,"categoryPath":[],"attributes":{},"price":null,"images":[],"seller":null,"language":null,"rating":null,"active":true,"createdAt":null,"updatedAt":null}'
  const day = '2026-01-01T00:00:00.000Z'

  it('is read with none, and its products are unchanged when they come again', async () => {
    const database = await openSqliteDatabase<ProductTables>({
      file: join(folder, 'catalog.sqlite'),
      migrations: [outboxMigrations, productStoreMigrations],
    })
    await database.transaction(async (tx) => {
      const insert = tx.statement('INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?)')
      insert.run('a', 3, 1, hash('sha256', stored, 'base64'), day, day, stored)
      tx.statement('UPDATE product_tally SET products = 1, active = 1').run()
    })
    await database.close()
    const { store, sent, close } = await open()
    const product = canonicalProduct(aProduct({ id: 'a', title: 'Kettle' }))
    expect(await store.read('a')).toEqual({ product: { ...product, createdAt: day, updatedAt: day }, version: 3 })
    const occasion = { now: Date.UTC(2026, 1, 1), trace: 'trace', newEventId: () => 'event' }
    const outcomes = await store.change([{ id: 'a', product, content: contentOf(product) }], (request, standing) =>
      decideUpsert(request, standing, occasion),
    )
    expect([outcomes, await sent()]).toEqual([['unchanged'], []])
    await close()
  })
})
