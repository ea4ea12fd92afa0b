import { inventoryFailure } from '@eip/contracts'
import type { Decision, Occasion, Standing } from './ledger-change.ts'
import { type LedgerDraft, ledgerDraft, type Move } from './ledger-draft.ts'
import { contentHash, type Reservation, type ReservationLine, type Wanted } from './reservation.ts'
import { decideRelease } from './reserving.ts'

export type RestoreRequest = Readonly<{
  operationId: string
  reservationId: string
  /** One a product, by product id. */
  lines: readonly Wanted[]
  by: string
}>
type Refusal = Readonly<{ productId: string; quantity: number; reason: string }>
export type Restored = Readonly<{ outcome: 'restored' | 'repeated' | 'refused'; refused: readonly Refusal[] }>

type Back = Readonly<{ productId: string; quantity: number; operationId: string; by: string }>

const outside = ({ quantity, restored }: ReservationLine) => quantity - restored

/** What of a product left and has not come back. */
export const leftOf = ({ state, lines }: Reservation, productId: string): number =>
  state !== 'confirmed' ? 0 : lines.reduce((sum, line) => sum + (line.productId === productId ? outside(line) : 0), 0)

/** Puts goods back where they were taken from; no more than `leftOf` says. */
function putBack(draft: LedgerDraft, lines: readonly ReservationLine[], back: Back): readonly ReservationLine[] {
  let left = back.quantity
  const moves: Move[] = []
  const after = lines.map((line) => {
    const quantity = line.productId === back.productId ? Math.min(left, outside(line)) : 0
    if (quantity === 0) return line
    left -= quantity
    moves.push({ place: line.place, onHand: quantity, reserved: 0 })
    return { ...line, restored: line.restored + quantity }
  })
  draft.move({ ...back, reason: 'restored', moves })
  return after
}

const whyNot = (reservation: Reservation, productId: string) => {
  if (reservation.state !== 'confirmed') return `the reservation is ${reservation.state}: its goods never left`
  const wasSold = reservation.lines.some((line) => line.productId === productId)
  return wasSold ? 'no more of it left, or it has come back' : 'the reservation holds none of it'
}

/** Throws `inventory.no-such-reservation` and `inventory.operation-differs`. */
export function decideRestoring(request: RestoreRequest, standing: Standing, occasion: Occasion): Decision<Restored> {
  const { operationId, reservationId, by } = request
  const hash = contentHash(['restore', reservationId, request.lines])
  const known = standing.operation(operationId)
  if (known === hash) return { outcome: { outcome: 'repeated', refused: [] }, change: null }
  if (known !== null)
    throw inventoryFailure('inventory.operation-differs', `the operation "${operationId}" was another one`)
  const reservation = standing.reservation(reservationId)
  if (!reservation || reservation.state === 'refused')
    throw inventoryFailure('inventory.no-such-reservation', `there is no reservation "${reservationId}"`)
  const draft = ledgerDraft(standing, occasion)
  const refused: Refusal[] = []
  let { lines } = reservation
  for (const { productId, quantity } of request.lines) {
    const fits = Math.min(quantity, leftOf(reservation, productId))
    if (fits > 0) lines = putBack(draft, lines, { productId, quantity: fits, operationId, by })
    if (fits < quantity) refused.push({ productId, quantity: quantity - fits, reason: whyNot(reservation, productId) })
  }
  if (lines === reservation.lines) return { outcome: { outcome: 'refused', refused }, change: null }
  draft.keep({ ...reservation, lines })
  return draft.decide({ outcome: 'restored', refused }, { id: operationId, hash })
}

/** What an order says of its goods: cancelled, or how many of each product came back in all. */
export type OrderedGoods = Readonly<{
  orderId: string
  isCancelled: boolean
  returned: readonly Readonly<{ productId: string; quantity: number }>[]
}>

/**
 * Brings back what an order no longer has, as far as it has not come back yet: so it changes nothing more, told twice or late.
 * The goods of a cancelled order that never left are free again.
 */
export function decideOrder(
  order: OrderedGoods,
  standing: Standing,
  occasion: Occasion,
): Decision<'restored' | 'released' | 'unchanged'> {
  const { orderId, isCancelled } = order
  const reservation = standing.reservation(orderId)
  if (reservation?.state !== 'confirmed') {
    if (!isCancelled) return { outcome: 'unchanged', change: null }
    return { outcome: 'released', change: decideRelease(orderId, standing, occasion).change }
  }
  const draft = ledgerDraft(standing, occasion)
  let { lines } = reservation
  const goods = new Map(order.returned.map(({ productId, quantity }) => [productId, quantity]))
  for (const productId of new Set(lines.map((line) => line.productId))) {
    const ofProduct = reservation.lines.filter((line) => line.productId === productId)
    const restored = ofProduct.reduce((sum, line) => sum + line.restored, 0)
    const left = leftOf(reservation, productId)
    const returned = goods.get(productId) ?? 0
    const quantity = isCancelled ? left : Math.min(left, returned - restored)
    const operationId = isCancelled ? `${orderId}/cancelled` : `${orderId}/returned/${productId}/${returned}`
    if (quantity > 0) lines = putBack(draft, lines, { productId, quantity, operationId, by: 'orders' })
  }
  if (lines === reservation.lines) return { outcome: 'unchanged', change: null }
  draft.keep({ ...reservation, lines })
  return draft.decide('restored')
}
