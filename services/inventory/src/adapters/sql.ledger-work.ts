import type { Envelope, StockChanged } from '@eip/contracts'
import type { TimeSlice } from '@eip/database'
import type { Decision, LedgerChange, NewEntry, Standing, Touched } from '../domain/ledger-change.ts'
import type { Reservation } from '../domain/reservation.ts'
import { atpOf, type Stock } from '../domain/stock.ts'

/** How things stand in the database, each asked for once. */
export type Found = Standing

/** What `LedgerWork` comes to. `before` is null where the row is new. */
type Written<Thing> = Readonly<{ before: Thing | null; after: Thing }>
export type TallyStep = { products: number; outOfStock: number; low: number; held: number; latestAt: number }
export type LedgerWork<Outcome> = Readonly<{
  outcomes: Outcome[]
  stocks: readonly Written<Stock>[]
  reservations: readonly Written<Reservation>[]
  operations: readonly Readonly<{ id: string; hash: string }>[]
  entries: readonly NewEntry[]
  events: readonly Envelope<StockChanged>[]
  tally: TallyStep
}>

/** What changes over what was found: each row is read once and written once, however many requests are about it. */
function overlay<Thing>(find: (id: string) => Thing | null, idOf: (thing: Thing) => string) {
  const before = new Map<string, Thing | null>()
  const changed = new Map<string, Thing>()
  const found = (id: string) => {
    const known = before.get(id)
    if (known !== undefined) return known
    const thing = find(id)
    before.set(id, thing)
    return thing
  }
  return {
    get: (id: string) => changed.get(id) ?? found(id),
    set(thing: Thing) {
      found(idOf(thing))
      changed.set(idOf(thing), thing)
    },
    /** By id, so that everybody writes in the same order. */
    written: (): Written<Thing>[] =>
      [...changed.keys()].sort().map((id) => ({ before: before.get(id) ?? null, after: changed.get(id)! })),
  }
}

function tallyOf(
  stocks: readonly Written<Stock>[],
  reservations: readonly Written<Reservation>[],
  latestAt: number,
): TallyStep {
  const tally = { products: 0, outOfStock: 0, low: 0, held: 0, latestAt }
  const step = (isIt: (stock: Stock) => boolean, before: Stock | null, after: Stock) =>
    Number(isIt(after)) - Number(before !== null && isIt(before))
  for (const { before, after } of stocks) {
    tally.products += Number(before === null)
    tally.outOfStock += step((stock) => atpOf(stock) === 0, before, after)
    tally.low += step((stock) => stock.published.isLow, before, after)
  }
  for (const { before, after } of reservations)
    tally.held += Number(after.state === 'held') - Number(before?.state === 'held')
  return tally
}

/** Decides one request after the other, each on what those before it have left. */
export async function ledgerWork<Request extends Touched, Outcome>(
  requests: readonly Request[],
  found: Found,
  decide: (request: Request, standing: Standing) => Decision<Outcome>,
  slice: TimeSlice,
): Promise<LedgerWork<Outcome>> {
  const stocks = overlay(found.stock, ({ productId }: Stock) => productId)
  const reservations = overlay(found.reservation, ({ id }: Reservation) => id)
  const operations = overlay(
    (id) => asOperation(id, found.operation(id)),
    ({ id }) => id,
  )
  const standing: Standing = {
    stock: stocks.get,
    reservation: reservations.get,
    operation: (id) => operations.get(id)?.hash ?? null,
  }
  const outcomes: Outcome[] = []
  const changes: LedgerChange[] = []
  for (const request of requests) {
    const { outcome, change } = decide(request, standing)
    outcomes.push(outcome)
    if (change) {
      changes.push(change)
      for (const stock of change.stocks) stocks.set(stock)
      for (const reservation of change.reservations) reservations.set(reservation)
      if (change.operation) operations.set(change.operation)
    }
    await slice.pause()
  }
  const [writtenStocks, writtenReservations] = [stocks.written(), reservations.written()]
  const latestAt = changes.reduce((latest, { at }) => Math.max(latest, at), 0)
  return {
    ...{ outcomes, stocks: writtenStocks, reservations: writtenReservations },
    operations: operations.written().map(({ after }) => after),
    entries: changes.flatMap((change) => change.entries),
    events: changes.flatMap((change) => change.events),
    tally: tallyOf(writtenStocks, writtenReservations, latestAt),
  }
}

const asOperation = (id: string, hash: string | null) => (hash === null ? null : { id, hash })
