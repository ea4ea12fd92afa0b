import { postgresOutboxMigrations } from '@eip/database/postgres'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import { testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { ledgerRequests, type StockLedgerHarness, stockLedgerContract } from '../ports/stock-ledger.contract.ts'
import { postgresStockLedger } from './postgres.stock-ledger.ts'
import { type LedgerTables, stockLedgerMigrations } from './sql.ledger-tables.ts'

const url = testEngines.postgres ?? ''

const newSchema = () => temporarySchema(url, [stockLedgerMigrations, ...postgresOutboxMigrations])
const join = async (schema: TemporarySchema) => {
  const { database, outbox, sent, leave } = await schema.join<LedgerTables>()
  return { ledger: postgresStockLedger({ database, outbox }), sent, leave }
}

async function open(): Promise<StockLedgerHarness> {
  const schema = await newSchema()
  const harness = async (): Promise<StockLedgerHarness> => {
    const { ledger, sent, leave } = await join(schema)
    const reopen = async () => {
      await leave()
      return harness()
    }
    return { ledger, sent, reopen, close: schema.dispose }
  }
  return harness()
}

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  stockLedgerContract(open)

  it('never takes more than there is, when several processes take of the same products', async () => {
    await using schema = await newSchema()
    const processes = await Promise.all([join(schema), join(schema), join(schema)])
    let events = 0
    const occasion = { at: 1, now: 1, trace: 'trace', newEventId: () => `event ${events++}` }
    const { receive, reserve, confirm, release, run } = ledgerRequests(occasion)
    const ids = ['a', 'b', 'c', 'd']
    await run(processes[0]!.ledger, ...ids.map((id) => receive(`first of ${id}`, id, 10)))
    const outcomes = await Promise.all(
      processes.flatMap(({ ledger }, place) =>
        Array.from({ length: 15 }, async (_, round) => {
          // Each process names them in another order, and several make the same new product and reservation.
          const lines = [...ids.slice(place), ...ids.slice(0, place)].map((productId) => ({ productId, quantity: 1 }))
          const id = `o${round}`
          const [, reserved] = await run(
            ...([ledger, receive(`of ${round}`, `new-${round}`, 1), reserve(id, lines)] as const),
          )
          const [ended] = await run(ledger, round % 2 === 0 ? confirm(id) : release(id)).catch(String)
          return { id, reserved: (reserved as { outcome: string }).outcome, ended }
        }),
      ),
    )
    const confirmed = new Set(outcomes.filter(({ ended }) => ended === 'confirmed').map(({ id }) => id))
    const [first] = processes
    const stocks = await first!.ledger.stockOf(ids)
    for (const { onHand, reserved } of stocks) expect([onHand, reserved]).toEqual([10 - confirmed.size, 0])
    const all = [...ids, ...Array.from({ length: 15 }, (_, round) => `new-${round}`)]
    expect(await first!.ledger.unbalanced(all)).toEqual([])
    expect(await first!.ledger.count()).toMatchObject({ products: 19, heldReservations: 0 })
    const sent = await first!.sent()
    for (const { productId, version } of stocks) {
      const versions = sent.filter(({ key }) => key === productId).map((event) => event.version)
      expect(versions).toEqual(Array.from({ length: version }, (_, index) => index + 1))
    }
  })
})
