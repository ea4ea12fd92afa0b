import { inventoryFailure } from '@eip/contracts'
import type { Decision, Occasion, Standing } from './ledger-change.ts'
import { type LedgerDraft, ledgerDraft, type Move } from './ledger-draft.ts'
import { contentHash, type Reservation, type ReservationLine, type Wanted } from './reservation.ts'
import { sold } from './sales-forecast.ts'
import { atpOf, type Stock } from './stock.ts'

export type Lacking = Readonly<{ productId: string; wanted: number; available: number }>
export type Reserved =
  | Readonly<{ outcome: 'reserved'; expiresAt: number }>
  | Readonly<{ outcome: 'insufficient'; lines: readonly Lacking[] }>
  | Readonly<{ outcome: 'confirmed' | 'released' | 'expired' }>

/** `lines`: one a product, by product id. */
export type ReserveRequest = Readonly<{ reservationId: string; lines: readonly Wanted[]; ttlMs: number }>

const reservedMove = (line: ReservationLine): Move => ({ place: line.place, onHand: 0, reserved: line.quantity })
const freedMove = (line: ReservationLine): Move => ({ place: line.place, onHand: 0, reserved: -line.quantity })
const takenMove = (line: ReservationLine): Move => ({
  place: line.place,
  onHand: -line.quantity,
  reserved: -line.quantity,
})

/** From where the most is free first, so that as few places as can be have to ship. */
function allotted({ productId, places }: Stock, quantity: number): ReservationLine[] {
  const lines: ReservationLine[] = []
  let left = quantity
  const byFree = places.toSorted((a, b) => atpOf(b) - atpOf(a) || (a.place < b.place ? -1 : 1))
  for (const each of byFree) {
    const taken = Math.min(left, atpOf(each))
    if (taken > 0) lines.push({ productId, place: each.place, quantity: taken, restored: 0 })
    left -= Math.max(0, taken)
  }
  return lines
}

const byProduct = (lines: readonly ReservationLine[]) => Map.groupBy(lines, ({ productId }) => productId)
const unitsOf = (lines: readonly ReservationLine[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** What the reservation held is free again. */
function free(draft: LedgerDraft, reservation: Reservation, state: 'released' | 'expired'): void {
  for (const [productId, lines] of byProduct(reservation.lines))
    draft.move({
      ...{ productId, operationId: reservation.id, reason: 'restored', quantity: unitsOf(lines) },
      ...{ moves: lines.map(freedMove), note: state },
    })
  draft.keep({ ...reservation, state })
}

/** The ledger's time runs ahead of a clock that was put back; others know the clock's only. */
const inClockTime = (time: number, { at, now }: Occasion) => time - at + now

const hasRunOut = ({ state, expiresAt }: Reservation, at: number) => state === 'held' && expiresAt <= at

/** Ends a reservation whose time is over. */
export function decideExpiry(id: string, standing: Standing, occasion: Occasion): Decision<'expired' | 'left'> {
  const reservation = standing.reservation(id)
  if (!reservation || !hasRunOut(reservation, occasion.at)) return { outcome: 'left', change: null }
  return expire(reservation, 'expired', standing, occasion)
}

function expire<Outcome>(reservation: Reservation, outcome: Outcome, standing: Standing, occasion: Occasion) {
  const draft = ledgerDraft(standing, occasion)
  free(draft, reservation, 'expired')
  return draft.decide(outcome)
}

/** Told once a reservation, however often it is tried. */
function refuse(
  request: ReserveRequest,
  lacking: readonly Lacking[],
  before: Reservation | null,
  standing: Standing,
  occasion: Occasion,
): Decision<Reserved> {
  const outcome = { outcome: 'insufficient', lines: lacking } as const
  const linesHash = contentHash(request.lines)
  if (before?.linesHash === linesHash) return { outcome, change: null }
  const draft = ledgerDraft(standing, occasion)
  const operationId = request.reservationId
  for (const { productId, wanted, available } of lacking) {
    const stock = standing.stock(productId)
    // Of products that never had stock there is nothing to tell.
    if (!stock) continue
    const { asked, unmet } = stock.demand
    const demand = { asked: asked + wanted, unmet: unmet + wanted - available }
    const place = stock.places[0]?.place
    const moves = place === undefined ? [] : [{ place, onHand: 0, reserved: 0 }]
    draft.move({ productId, operationId, reason: 'refused', quantity: wanted, moves, also: { demand } })
  }
  draft.keep({ id: operationId, state: 'refused', linesHash, expiresAt: occasion.at, lines: [] })
  return draft.decide(outcome)
}

function standingReservation(
  before: Reservation,
  request: ReserveRequest,
  standing: Standing,
  occasion: Occasion,
): Decision<Reserved> {
  if (before.linesHash !== '' && before.linesHash !== contentHash(request.lines))
    throw inventoryFailure('inventory.operation-differs', `the reservation "${before.id}" was made of other lines`)
  if (hasRunOut(before, occasion.at)) return expire(before, { outcome: 'expired' } as const, standing, occasion)
  if (before.state === 'held')
    return { outcome: { outcome: 'reserved', expiresAt: inClockTime(before.expiresAt, occasion) }, change: null }
  return { outcome: { outcome: before.state as 'confirmed' | 'released' | 'expired' }, change: null }
}

/** All lines or none. Throws `inventory.operation-differs`. */
export function decideReserving(request: ReserveRequest, standing: Standing, occasion: Occasion): Decision<Reserved> {
  const before = standing.reservation(request.reservationId)
  if (before && before.state !== 'refused') return standingReservation(before, request, standing, occasion)
  const lacking = request.lines
    .map(({ productId, quantity }) => {
      const stock = standing.stock(productId)
      return { productId, wanted: quantity, available: stock ? atpOf(stock) : 0 }
    })
    .filter(({ wanted, available }) => available < wanted)
  if (lacking.length > 0) return refuse(request, lacking, before, standing, occasion)
  const draft = ledgerDraft(standing, occasion)
  const linesHash = contentHash(request.lines)
  const wasAsked = before?.linesHash === linesHash
  const lines: ReservationLine[] = []
  for (const { productId, quantity } of request.lines) {
    const stock = standing.stock(productId)!
    const places = allotted(stock, quantity)
    const demand = { ...stock.demand, asked: stock.demand.asked + (wasAsked ? 0 : quantity) }
    draft.move({
      ...{ productId, operationId: request.reservationId, reason: 'reserved', quantity },
      ...{ moves: places.map(reservedMove), also: { demand } },
    })
    lines.push(...places)
  }
  const expiresAt = occasion.at + request.ttlMs
  draft.keep({ id: request.reservationId, state: 'held', linesHash, expiresAt, lines })
  return draft.decide({ outcome: 'reserved', expiresAt: inClockTime(expiresAt, occasion) })
}

/** The goods leave. Throws `inventory.no-such-reservation`. */
export function decideConfirmation(
  id: string,
  standing: Standing,
  occasion: Occasion,
): Decision<'confirmed' | 'expired' | 'released'> {
  const reservation = standing.reservation(id)
  if (!reservation || reservation.state === 'refused')
    throw inventoryFailure('inventory.no-such-reservation', `there is no reservation "${id}"`)
  if (hasRunOut(reservation, occasion.at)) return expire(reservation, 'expired', standing, occasion)
  if (reservation.state !== 'held') return { outcome: reservation.state, change: null }
  const draft = ledgerDraft(standing, occasion)
  for (const [productId, lines] of byProduct(reservation.lines)) {
    const quantity = unitsOf(lines)
    draft.move({
      ...{ productId, operationId: id, reason: 'deducted', quantity, moves: lines.map(takenMove) },
      also: { sales: sold(draft.stockOf(productId)!.sales, quantity, occasion.at) },
    })
  }
  draft.keep({ ...reservation, state: 'confirmed' })
  return draft.decide('confirmed')
}

/** What never came is remembered as released. */
export function decideRelease(
  id: string,
  standing: Standing,
  occasion: Occasion,
): Decision<'released' | 'confirmed' | 'expired'> {
  const reservation = standing.reservation(id)
  const draft = ledgerDraft(standing, occasion)
  if (!reservation || reservation.state === 'refused') {
    draft.keep({ id, state: 'released', linesHash: '', expiresAt: occasion.at, lines: [] })
    return draft.decide('released')
  }
  if (hasRunOut(reservation, occasion.at)) return expire(reservation, 'expired', standing, occasion)
  if (reservation.state !== 'held') return { outcome: reservation.state, change: null }
  free(draft, reservation, 'released')
  return draft.decide('released')
}
