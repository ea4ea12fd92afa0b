import { until } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import { readStock } from './read-stock.ts'

it('counts what is out of balance however soon the walk through the stock ends', async () => {
  let walked = false
  const ledger: Partial<StockLedger> = {
    stockAfter: async () => [],
    async unbalanced() {
      walked = true
      return ['p']
    },
    async count() {
      // Longer than the walk: an empty shop is walked through at once.
      await until('the walk has ended', () => walked)
      await new Promise((resolve) => setImmediate(resolve))
      return { products: 0, outOfStock: 0, low: 0, heldReservations: 0, latestAt: 0 }
    },
  }
  const reads = readStock({
    ledger: ledger as StockLedger,
    writer: { moment: async () => ({ at: 0 }) as never },
    outboxRelay: { pending: async () => 0 },
  })
  const told = await Promise.all([
    reads.handlers.statistics({}, {} as never),
    reads.handlers.statistics({}, {} as never),
  ])
  expect(told.map(({ unbalanced }) => unbalanced)).toEqual([1, 1])
})
