import { type Envelope, type StockAmounts, type StockChanged, type StockReason, stockChanged } from '@eip/contracts'
import type { Decision, LedgerChange, NewEntry, Occasion, Standing } from './ledger-change.ts'
import type { Reservation } from './reservation.ts'
import { amountsOf, noStock, type PlaceStock, productStock, type Stock } from './stock.ts'

export type Move = Readonly<{ place: string; onHand: number; reserved: number }>

/** One change of one product: one event, and an entry for each place that it moves. */
export type ProductMove = Readonly<{
  productId: string
  operationId: string
  /** Reasons without entries are of their own words. */
  reason: StockReason | 'threshold' | 'forecast' | 'republished'
  quantity: number
  moves: readonly Move[]
  note?: string
  by?: string
  isGenerated?: boolean
  /** What else becomes of the stock. */
  also?: Partial<Pick<Stock, 'lowStockAt' | 'sales' | 'demand'>>
  /** The version is above this. */
  above?: number
}>

/** What one decision comes to, before it is written. */
export interface LedgerDraft {
  stockOf(productId: string): Stock | null
  move(move: ProductMove): void
  keep(reservation: Reservation): void
  decide<Outcome>(outcome: Outcome, operation?: LedgerChange['operation']): Decision<Outcome>
}

function movedPlaces(places: readonly PlaceStock[], moves: readonly Move[]): readonly PlaceStock[] {
  const byName = new Map(places.map((each) => [each.place, each]))
  for (const { place, onHand, reserved } of moves) {
    const before = byName.get(place) ?? { place, onHand: 0, reserved: 0 }
    const after = { place, onHand: before.onHand + onHand, reserved: before.reserved + reserved }
    // Who decides has asked what there is: this is the last line, before the database's own.
    if (after.reserved < 0 || after.onHand < after.reserved)
      throw new Error(`"${place}" would hold ${after.onHand}, of which ${after.reserved} reserved`)
    byName.set(place, after)
  }
  return [...byName.values()]
}

function moved(stock: Stock, move: ProductMove, at: number): Stock {
  const places = movedPlaces(stock.places, move.moves)
  const next: Stock = {
    ...stock,
    ...move.also,
    places,
    version: Math.max(stock.version, move.above ?? 0) + 1,
    onHand: places.reduce((sum, { onHand }) => sum + onHand, 0),
    reserved: places.reduce((sum, { reserved }) => sum + reserved, 0),
    isGenerated: stock.isGenerated || (move.isGenerated ?? false),
  }
  const { daysOfCover, isLow } = productStock(next, at)
  return { ...next, published: { daysOfCover, isLow } }
}

const entriesOf = (move: ProductMove, at: number): NewEntry[] =>
  move.moves.map((each) => ({
    ...{ at, operationId: move.operationId, productId: move.productId, reason: move.reason as StockReason, ...each },
    ...{ note: move.note ?? '', by: move.by ?? '', isGenerated: move.isGenerated ?? false },
  }))

function eventOf(move: ProductMove, before: StockAmounts, stock: Stock, occasion: Occasion): Envelope<StockChanged> {
  const { productId, operationId, reason, quantity } = move
  return {
    ...{ id: occasion.newEventId(), schema: stockChanged.schema, key: productId, version: stock.version },
    ...{ occurredAt: occasion.now, recordedAt: occasion.now, deleted: false, trace: occasion.trace, market: {} },
    payload: {
      ...productStock(stock, occasion.at),
      change: { operationId, reason, quantity, before, after: amountsOf(stock) },
    },
  }
}

export function ledgerDraft(standing: Standing, occasion: Occasion): LedgerDraft {
  const { at } = occasion
  const stocks = new Map<string, Stock>()
  const reservations: Reservation[] = []
  const entries: NewEntry[] = []
  const events: Envelope<StockChanged>[] = []
  const stockOf = (productId: string) => stocks.get(productId) ?? standing.stock(productId)
  return Object.freeze({
    stockOf,
    move(move: ProductMove) {
      const before = stockOf(move.productId) ?? noStock(move.productId, at)
      const after = moved(before, move, at)
      stocks.set(move.productId, after)
      entries.push(...entriesOf(move, at))
      events.push(eventOf(move, amountsOf(before), after, occasion))
    },
    keep(reservation: Reservation) {
      reservations.push(reservation)
    },
    decide<Outcome>(outcome: Outcome, operation: LedgerChange['operation'] = null) {
      return { outcome, change: { at, operation, stocks: [...stocks.values()], reservations, entries, events } }
    },
  })
}
