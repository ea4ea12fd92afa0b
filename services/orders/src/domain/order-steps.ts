import { type Order, type OrderLine, ordersFailure } from '@eip/contracts'

/** Clocks of other systems run ahead of ours by this much at most. */
export const clockSkewMs = 5 * 60_000

/** `at`: when it is said to have happened; without it, now. */
export type StepTime = Readonly<{ at: number | undefined; now: number }>

/** What a step makes of an order, and when; null where it was taken before: it changes nothing. */
export type Step = Readonly<{ order: Order; at: number }> | null

const wrongState = (order: Order, step: string) =>
  ordersFailure('orders.wrong-state', `the order ${order.orderId} is ${order.state}, and can not be ${step}`, {
    state: order.state,
  })

const textOf = (time: number) => new Date(Math.min(time, 8.64e15)).toISOString()

/** A clock that was set back puts a step of now no earlier than the one before it. Throws `orders.bad-time`. */
function timeOf({ at, now }: StepTime, earlier: number): number {
  if (at === undefined) return Math.max(now, earlier)
  if (at > now + clockSkewMs)
    throw ordersFailure('orders.bad-time', `at ${textOf(at)} lies in the future: it is ${textOf(now)}`)
  if (at < earlier)
    throw ordersFailure('orders.bad-time', `at ${textOf(at)} is before the step that it follows, ${textOf(earlier)}`)
  return at
}

const paidOrPlacedAt = ({ paidAt, placedAt }: Order) => paidAt ?? placedAt

export function shipped(order: Order, time: StepTime): Step {
  if (order.shippedAt !== null) return null
  if (order.state !== 'paid') throw wrongState(order, 'shipped')
  const at = timeOf(time, paidOrPlacedAt(order))
  return { order: { ...order, state: 'shipped', shippedAt: at }, at }
}

export function delivered(order: Order, time: StepTime): Step {
  if (order.deliveredAt !== null) return null
  if (order.state !== 'shipped') throw wrongState(order, 'delivered')
  const at = timeOf(time, order.shippedAt ?? paidOrPlacedAt(order))
  return { order: { ...order, state: 'delivered', deliveredAt: at }, at }
}

export function cancelled(order: Order, time: StepTime, reason: string): Step {
  if (order.state === 'cancelled') return null
  if (order.state !== 'placed' && order.state !== 'paid') throw wrongState(order, 'cancelled')
  const at = timeOf(time, paidOrPlacedAt(order))
  return { order: { ...order, state: 'cancelled', cancelledAt: at, reason }, at }
}

export type ReturnedLine = Readonly<{ productId: string; quantity: number }>

/** Takes `quantity` of a product out of the lines that have it, the first first; answers with what is left over. */
function takeBack(lines: OrderLine[], { productId, quantity }: ReturnedLine): number {
  let left = quantity
  for (const [place, line] of lines.entries()) {
    if (line.productId !== productId) continue
    const taken = Math.min(left, line.quantity - line.returned)
    lines[place] = { ...line, returned: line.returned + taken }
    left -= taken
  }
  return left
}

/** `asked` undefined: all that is not back yet. While some of it stays with the customer, the order stays delivered. */
export function returned(
  order: Order,
  time: StepTime,
  asked: readonly ReturnedLine[] | undefined,
  reason: string,
): Step {
  if (order.state === 'returned' && asked === undefined) return null
  if (order.state !== 'delivered' && order.state !== 'returned') throw wrongState(order, 'returned')
  const lines = [...order.lines]
  const all = lines.map(({ productId, quantity, returned }) => ({ productId, quantity: quantity - returned }))
  for (const line of asked ?? all) {
    const tooMany = takeBack(lines, line)
    if (tooMany === 0) continue
    const message = `of the product "${line.productId}" ${tooMany} of ${line.quantity} were never sold, or are back already`
    throw ordersFailure('orders.too-many-returned', message, { productId: line.productId, tooMany })
  }
  const at = timeOf(time, order.returnedAt ?? order.deliveredAt ?? paidOrPlacedAt(order))
  const state = lines.every((line) => line.returned === line.quantity) ? 'returned' : 'delivered'
  return { order: { ...order, lines, state, returnedAt: at, reason: reason === '' ? order.reason : reason }, at }
}

/** One review an order: it is of what came, and stays as it was given. */
export function reviewed(order: Order, time: StepTime, score: number): Step {
  if (order.review?.score === score) return null
  if (order.review !== null || order.shippedAt === null) throw wrongState(order, 'reviewed (again)')
  const at = timeOf(time, order.shippedAt)
  return { order: { ...order, review: { score, at } }, at }
}
