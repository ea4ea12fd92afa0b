import type { Order } from '@eip/contracts'
import { distanceBand, type Places } from './distance.ts'
import { noSums, orderHalfLifeDays, type Sums, weightAt } from './sums.ts'

const dayMs = 86_400_000
/** A delivery that took longer is a fault of the books. */
const longestDays = 365
const badScore = 2

export const categoryKey = (path: readonly string[]): string => path.join(' > ')
export const routeKey = (from: string | null, to: string | null): string => `${from ?? '?'} > ${to ?? '?'}`

/** Facts by key: `product ID`, `seller NAME`, `category PATH`, `region TO`, `route FROM > TO`, `distance FROM-TO km`, `all `. */
export type OrderFacts = Readonly<Record<string, Sums>>

/** Why an order teaches nothing; null: it does. */
export function faultOf(order: Order, now: number): string | null {
  const { placedAt, shippedAt, deliveredAt } = order
  if (placedAt > now + dayMs) return 'it was placed in the future'
  if (deliveredAt !== null && deliveredAt < placedAt) return 'it was delivered before it was placed'
  if (shippedAt !== null && shippedAt < placedAt) return 'it was shipped before it was placed'
  if (deliveredAt !== null && deliveredAt > now + dayMs) return 'it was delivered in the future'
  if (deliveredAt !== null && deliveredAt - placedAt > longestDays * dayMs) return 'it took more than a year'
  return null
}

/** From the order to the door, in days; half a day at least, because its logarithm is summed. null: it has not arrived. */
export const daysOf = ({ placedAt, deliveredAt }: Pick<Order, 'placedAt' | 'deliveredAt'>): number | null =>
  deliveredAt === null ? null : Math.max(0.5, (deliveredAt - placedAt) / dayMs)

/** What an order adds to each sum that it belongs to: raw counts as they are, decayed ones by how much it counts too. An order says the same of all of its lines but for units. Pure. */
export function factsOf(order: Order, places: Places): OrderFacts {
  const fading = order.weight * weightAt(order.deliveredAt ?? order.placedAt, orderHalfLifeDays)
  const days = daysOf(order)
  const hasArrived = days !== null
  const isPromised = hasArrived && order.promisedAt !== null
  const isLate = isPromised && order.deliveredAt! > order.promisedAt!
  const isCancelled = order.state === 'cancelled'
  const weighed = (way: 'w' | 'p', weight: number): Partial<Sums> => ({
    [`${way}Orders`]: weight,
    [`${way}Cancelled`]: isCancelled ? weight : 0,
    [`${way}Promised`]: isPromised ? weight : 0,
    [`${way}Late`]: isLate ? weight : 0,
    [`${way}Arrived`]: hasArrived ? weight : 0,
    [`${way}Days`]: hasArrived ? weight * Math.log(days) : 0,
    [`${way}DaysSquared`]: hasArrived ? weight * Math.log(days) ** 2 : 0,
  })
  const whole: Sums = {
    ...noSums,
    orders: 1,
    deliveries: Number(hasArrived),
    late: Number(isLate),
    cancelled: Number(isCancelled),
    reviews: Number(order.review !== null),
    badReviews: Number(order.review !== null && order.review.score <= badScore),
    ...weighed('w', fading),
    ...weighed('p', order.weight),
  }
  const facts = new Map<string, Sums>()
  for (const { productId, seller, sellerRegion, categoryPath, quantity, returned } of order.lines) {
    const keys = [`product ${productId}`, `route ${routeKey(sellerRegion, order.region)}`, 'all ']
    const distance = distanceBand(sellerRegion, order.region, places)
    if (distance !== null) keys.push(`distance ${distance}`)
    if (order.region !== null) keys.push(`region ${order.region}`)
    if (seller !== null) keys.push(`seller ${seller}`)
    if (categoryPath.length > 0) keys.push(`category ${categoryKey(categoryPath)}`)
    const units = hasArrived ? quantity : 0
    const back = hasArrived ? Math.min(quantity, returned) : 0
    for (const key of keys) {
      const known = facts.get(key) ?? whole
      facts.set(key, {
        ...known,
        units: known.units + units,
        returned: known.returned + back,
        wUnits: known.wUnits + fading * units,
        wReturned: known.wReturned + fading * back,
        pUnits: known.pUnits + order.weight * units,
        pReturned: known.pReturned + order.weight * back,
      })
    }
  }
  return Object.fromEntries(facts)
}
