import { inventoryFailure, type StockRow } from '@eip/contracts'
import type { Decision, Occasion, Standing } from './ledger-change.ts'
import { ledgerDraft, type Move } from './ledger-draft.ts'
import { contentHash } from './reservation.ts'
import { expecting } from './sales-forecast.ts'
import { hasDrifted, noStock, type PlaceStock, type Stock } from './stock.ts'

export type PlacedLine = Readonly<{ productId: string; place: string; quantity: number }>
type Signed = Readonly<{ operationId: string; note: string; by: string }>

export type ReceiveRequest = Signed & Readonly<{ lines: readonly PlacedLine[] }>
export type AdjustRequest = Signed & PlacedLine
export type CountRequest = Readonly<{
  operationId: string
  rows: readonly StockRow[]
  isGenerated: boolean
  by: string
}>
/** `index`: of the row among those given. */
type RefusedCount = Readonly<{ index: number; field: string; reason: string }>
export type Counted = Readonly<{ changed: number; unchanged: number; refused: readonly RefusedCount[] }>

/** Whether the operation was done already. Throws `inventory.operation-differs`. */
function isDone(operation: { id: string; hash: string }, standing: Standing): boolean {
  const known = standing.operation(operation.id)
  if (known !== null && known !== operation.hash)
    throw inventoryFailure('inventory.operation-differs', `the operation "${operation.id}" was another one`)
  return known !== null
}

/** Throws `inventory.operation-differs`. */
export function decideReceipt(
  { operationId, lines, note, by }: ReceiveRequest,
  standing: Standing,
  occasion: Occasion,
): Decision<'received' | 'repeated'> {
  const operation = { id: operationId, hash: contentHash(['receive', lines]) }
  if (isDone(operation, standing)) return { outcome: 'repeated', change: null }
  const draft = ledgerDraft(standing, occasion)
  for (const [productId, ofProduct] of Map.groupBy(lines, (line) => line.productId)) {
    const moves = ofProduct.map(({ place, quantity }) => ({ place, onHand: quantity, reserved: 0 }))
    const quantity = ofProduct.reduce((sum, line) => sum + line.quantity, 0)
    draft.move({ productId, operationId, reason: 'received', quantity, moves, note, by })
  }
  return draft.decide('received', operation)
}

const placeOf = (stock: Stock | null, name: string): PlaceStock =>
  stock?.places.find(({ place }) => place === name) ?? { place: name, onHand: 0, reserved: 0 }

/** Throws `inventory.operation-differs` and `inventory.below-zero`. */
export function decideAdjustment(
  { operationId, productId, place, quantity, note, by }: AdjustRequest,
  standing: Standing,
  occasion: Occasion,
): Decision<'adjusted' | 'repeated'> {
  const operation = { id: operationId, hash: contentHash(['adjust', productId, place, quantity]) }
  if (isDone(operation, standing)) return { outcome: 'repeated', change: null }
  const { onHand, reserved } = placeOf(standing.stock(productId), place)
  if (onHand + quantity < reserved) {
    const message = `quantity ${quantity}: of "${productId}" there are ${onHand} in "${place}", ${reserved} of them reserved`
    throw inventoryFailure('inventory.below-zero', message, { field: 'quantity', onHand, reserved })
  }
  const draft = ledgerDraft(standing, occasion)
  const moves = [{ place, onHand: quantity, reserved: 0 }]
  draft.move({ productId, operationId, reason: 'adjusted', quantity, moves, note, by })
  return draft.decide('adjusted', operation)
}

/** What else a counted row says, as far as it differs; null: nothing. */
function saidBeside(row: StockRow, stock: Stock, at: number): Partial<Stock> | null {
  const lowStockAt = row.lowStockAt ?? stock.lowStockAt
  const isExpected = row.dailySales === null || row.dailySales === stock.sales.expected
  if (lowStockAt === stock.lowStockAt && isExpected) return null
  return { lowStockAt, sales: isExpected ? stock.sales : expecting(stock.sales, row.dailySales!, at) }
}

/** What is counted takes the place of what was known, row by row. Throws `inventory.operation-differs`. */
export function decideCount(request: CountRequest, standing: Standing, occasion: Occasion): Decision<Counted> {
  const { operationId, rows, isGenerated, by } = request
  const operation = { id: operationId, hash: contentHash(['count', rows, isGenerated]) }
  if (isDone(operation, standing)) return { outcome: { changed: 0, unchanged: rows.length, refused: [] }, change: null }
  const draft = ledgerDraft(standing, occasion)
  const refused: RefusedCount[] = []
  let changed = 0
  for (const [index, row] of rows.entries()) {
    const { productId, place } = row
    const known = draft.stockOf(productId)
    const stock = known ?? noStock(productId, occasion.at)
    const before = placeOf(stock, place)
    const isNew = !stock.places.some((each) => each.place === place)
    if (row.onHand < before.reserved) {
      const reason = `is below the ${before.reserved} that are reserved in "${place}"`
      refused.push({ index, field: 'onHand', reason })
      continue
    }
    const quantity = row.onHand - before.onHand
    const also = saidBeside(row, stock, occasion.at)
    if (!isNew && quantity === 0 && also === null) continue
    const moves: Move[] = isNew || quantity !== 0 ? [{ place, onHand: quantity, reserved: 0 }] : []
    const reason = isNew ? 'received' : 'adjusted'
    draft.move({ productId, operationId, reason, quantity, moves, note: 'counted', by, isGenerated, also: also ?? {} })
    changed += 1
  }
  return draft.decide({ changed, unchanged: rows.length - changed - refused.length, refused }, operation)
}

/** Throws `inventory.no-such-stock`. */
export function decideThreshold(
  {
    productId,
    lowStockAt,
    operationId,
  }: Readonly<{ productId: string; lowStockAt: number | null; operationId: string }>,
  standing: Standing,
  occasion: Occasion,
): Decision<'changed' | 'unchanged'> {
  const stock = standing.stock(productId)
  if (!stock) throw inventoryFailure('inventory.no-such-stock', `there is no stock of "${productId}"`)
  if (stock.lowStockAt === lowStockAt) return { outcome: 'unchanged', change: null }
  const draft = ledgerDraft(standing, occasion)
  draft.move({ productId, operationId, reason: 'threshold', quantity: 0, moves: [], also: { lowStockAt } })
  return draft.decide('changed')
}

/**
 * The same stock, said once more with a version above all that anybody was given. A reader may hold stock that was never counted here,
 * as after a backup came back: nothing of it can be sold, so that it is told to be none, and keeps the version.
 */
export function decideRepublishing(
  { productId, above, operationId }: Readonly<{ productId: string; above: number; operationId: string }>,
  standing: Standing,
  occasion: Occasion,
): Decision<'republished'> {
  const draft = ledgerDraft(standing, occasion)
  draft.move({ productId, operationId, reason: 'republished', quantity: 0, moves: [], above })
  return draft.decide('republished')
}

/** Publishes what time alone has changed. */
export function decideDrift(
  { productId, operationId }: Readonly<{ productId: string; operationId: string }>,
  standing: Standing,
  occasion: Occasion,
): Decision<'republished' | 'unchanged'> {
  const stock = standing.stock(productId)
  if (!stock || !hasDrifted(stock, occasion.at)) return { outcome: 'unchanged', change: null }
  const draft = ledgerDraft(standing, occasion)
  draft.move({ productId, operationId, reason: 'forecast', quantity: 0, moves: [] })
  return draft.decide('republished')
}
