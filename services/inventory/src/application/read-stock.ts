import type { InventoryContract, ProductStock } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { Handlers } from '@eip/rpc'
import { productStock, type Stock } from '../domain/stock.ts'
import type { StockLedger } from '../ports/stock-ledger.port.ts'
import type { LedgerWriter } from './ledger-writer.ts'

type Needs = Readonly<{
  ledger: StockLedger
  writer: Pick<LedgerWriter, 'moment'>
  outboxRelay: Pick<OutboxRelay, 'pending'>
}>

type ReadHandlers = Pick<
  Handlers<InventoryContract>,
  'getStock' | 'listStock' | 'listLedger' | 'statistics' | 'listStockVersions'
>
export type StockReads = Readonly<{
  handlers: ReadHandlers
  /** As it now is; products without stock are left out. */
  stockNow(productIds: readonly string[]): Promise<ProductStock[]>
}>

const productsAtOnce = 500

/** Walks through the whole stock, some at a time, so that others are answered in between. */
async function countUnbalanced(ledger: StockLedger): Promise<number> {
  let unbalanced = 0
  let after: string | null = null
  while (true) {
    const stocks: readonly Stock[] = await ledger.stockAfter(after, productsAtOnce, 'all')
    unbalanced += (await ledger.unbalanced(stocks.map(({ productId }) => productId))).length
    if (stocks.length < productsAtOnce) return unbalanced
    after = stocks.at(-1)!.productId
  }
}

const nextOf = (stocks: readonly Stock[], limit: number) => (stocks.length < limit ? null : stocks.at(-1)!.productId)

export function readStock({ ledger, writer, outboxRelay }: Needs): StockReads {
  /** Whoever asks meanwhile gets the same answer. */
  let walking: Promise<number> | undefined
  const seen = async (stocks: readonly Stock[]) => {
    const { at } = await writer.moment()
    return stocks.map((stock) => productStock(stock, at))
  }
  const stockNow = async (productIds: readonly string[]) => seen(await ledger.stockOf(productIds))
  const handlers: ReadHandlers = {
    getStock: async ({ productIds }) => ({ stock: await stockNow([...new Set(productIds)]) }),
    async listStock({ after, limit, onlyLow }) {
      const stocks = await ledger.stockAfter(after ?? null, limit, onlyLow ? 'low' : 'all')
      return { stock: await seen(stocks), next: nextOf(stocks, limit) }
    },
    async listLedger({ productId, before, limit }) {
      const [entries, [stock], unbalanced] = await Promise.all([
        ledger.entries(productId, before ?? null, limit),
        ledger.stockOf([productId]),
        ledger.unbalanced([productId]),
      ])
      const places = (stock?.places ?? []).map((each) => ({ ...each }))
      return { entries: [...entries], places, isBalanced: unbalanced.length === 0 }
    },
    async statistics() {
      walking ??= countUnbalanced(ledger).finally(() => {
        walking = undefined
      })
      // It may have ended by the time that it is waited for.
      const walk = walking
      const { latestAt: _, ...count } = await ledger.count()
      return { ...count, unbalanced: await walk, unpublishedEvents: await outboxRelay.pending() }
    },
    async listStockVersions({ ids, after, limit }) {
      const stocks =
        ids === undefined ? await ledger.stockAfter(after ?? null, limit, 'all') : await ledger.stockOf(ids)
      const versions = stocks.map(({ productId, version, onHand, reserved, published }) => ({
        ...{ id: productId, version, atp: onHand - reserved, daysOfCover: published.daysOfCover },
      }))
      return { versions, next: ids === undefined ? nextOf(stocks, limit) : null }
    },
  }
  return Object.freeze({ handlers, stockNow })
}
