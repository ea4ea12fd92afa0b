import type { Envelope, StockChanged, StockReason } from '@eip/contracts'
import type { Reservation } from './reservation.ts'
import type { Stock } from './stock.ts'

/** What a request is about: the ledger has these at hand when it is decided, and what their reservations are about. */
export type Touched = Readonly<{
  productIds: readonly string[]
  reservationId: string | null
  operationId: string | null
}>

/** How things stand: after all that was decided before. null: there is none. `operation` answers with the hash of its content. */
export type Standing = Readonly<{
  stock(productId: string): Stock | null
  reservation(id: string): Reservation | null
  operation(id: string): string | null
}>

/** What the entry adds; the sums over all entries of a product are its stock. */
export type NewEntry = Readonly<{
  at: number
  operationId: string
  productId: string
  place: string
  reason: StockReason
  onHand: number
  reserved: number
  note: string
  by: string
  isGenerated: boolean
}>

/** What is written and published together; stocks and reservations as they are afterwards. */
export type LedgerChange = Readonly<{
  at: number
  operation: Readonly<{ id: string; hash: string }> | null
  stocks: readonly Stock[]
  reservations: readonly Reservation[]
  entries: readonly NewEntry[]
  events: readonly Envelope<StockChanged>[]
}>

/** What came of a request, and the change to make, if any. */
export type Decision<Outcome = unknown> = Readonly<{ outcome: Outcome; change: LedgerChange | null }>

/**
 * When and on whose behalf. `at` is the ledger's time, which never goes back; `now` the clock's. Both in milliseconds since the
 * epoch.
 */
export type Occasion = Readonly<{ at: number; now: number; trace: string; newEventId: () => string }>
