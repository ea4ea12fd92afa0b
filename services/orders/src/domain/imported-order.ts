import { type ImportedOrder, importedOrderSchema, type Order } from '@eip/contracts'
import { sumOf } from './cart.ts'
import { clockSkewMs } from './order-steps.ts'
import { type Rejection, rejectionFor } from './rejection.ts'

export type ReadOrder =
  | Readonly<{ outcome: 'accepted'; order: Order }>
  | Readonly<{ outcome: 'rejected'; orderId: string | null; rejection: Rejection }>

const fields: ReadonlySet<string> = new Set(Object.keys(importedOrderSchema.shape))
const unknownField = `is not a field of an order; the fields are ${[...fields].join(', ')}`

const steps = ['paidAt', 'shippedAt', 'deliveredAt', 'cancelledAt', 'returnedAt'] as const

const textOf = (time: number) => new Date(Math.min(time, 8.64e15)).toISOString()

/** Steps of other systems are not told in a strict order; but none comes before the purchase, and no delivery before its shipment. */
function badTime(order: ImportedOrder, now: number): Rejection | null {
  const { placedAt, shippedAt, deliveredAt, returnedAt, review } = order
  const times = [
    ['placedAt', placedAt] as const,
    ...steps.map((step) => [step, order[step]] as const),
    ['review.at', review?.at ?? null] as const,
  ]
  for (const [field, time] of times) {
    if (time === null) continue
    if (time > now + clockSkewMs) return { field, reason: `${textOf(time)} lies in the future` }
    if (time < placedAt) return { field, reason: `${textOf(time)} is before the purchase, ${textOf(placedAt)}` }
  }
  if (deliveredAt !== null && shippedAt !== null && deliveredAt < shippedAt)
    return { field: 'deliveredAt', reason: `${textOf(deliveredAt)} is before the shipment, ${textOf(shippedAt)}` }
  if (returnedAt !== null && deliveredAt !== null && returnedAt < deliveredAt)
    return { field: 'returnedAt', reason: `${textOf(returnedAt)} is before the delivery, ${textOf(deliveredAt)}` }
  return null
}

function badLines({ lines }: ImportedOrder): Rejection | null {
  const place = lines.findIndex(({ returned, quantity }) => returned > quantity)
  if (place !== -1) return { field: `lines[${place}].returned`, reason: 'is more than was ordered' }
  if (new Set(lines.map(({ unitPrice }) => unitPrice.currency)).size > 1)
    return { field: 'lines', reason: 'has several currencies; make an order of each' }
  return sumOf(lines) === null ? { field: 'lines', reason: 'comes to more than a number can count' } : null
}

const lineOf = (line: ImportedOrder['lines'][number]): Order['lines'][number] => {
  const { productId, quantity, returned, unitPrice, title, seller, categoryPath, sellerRegion } = line
  return { productId, quantity, returned, unitPrice, title, seller, categoryPath, sellerRegion }
}

function orderOf(row: ImportedOrder): Order {
  const { orderId, state, customer, region, reason, review, weight } = row
  const { placedAt, paidAt, shippedAt, deliveredAt, cancelledAt, returnedAt, promisedAt } = row
  return {
    ...{ orderId, state, customer, region, lines: row.lines.map(lineOf), total: sumOf(row.lines)! },
    ...{ placedAt, paidAt, shippedAt, deliveredAt, cancelledAt, returnedAt, promisedAt },
    ...{ reason, review, weight, source: 'import' },
  }
}

/** The order's last known time: when what it now says came about. */
export const lastTimeOf = (order: Order): number =>
  Math.max(order.placedAt, ...steps.map((step) => order[step] ?? 0), order.review?.at ?? 0)

/** Reads one row as it came in. Missing fields get their defaults; whatever is given must be right. */
export function readImportedOrder(row: Readonly<Record<string, unknown>>, now: number): ReadOrder {
  const orderId = typeof row.orderId === 'string' ? row.orderId.slice(0, 128) : null
  const rejected = (rejection: Rejection): ReadOrder => ({ outcome: 'rejected', orderId, rejection })
  // A misspelt field would else be dropped without a word.
  const unknown = Object.keys(row).find((field) => !fields.has(field))
  if (unknown !== undefined) return rejected({ field: unknown.slice(0, 200), reason: unknownField })
  const { data, error } = importedOrderSchema.safeParse(row)
  if (error) return rejected(rejectionFor(error.issues[0]!, row))
  const bad = badTime(data, now) ?? badLines(data)
  return bad === null ? { outcome: 'accepted', order: orderOf(data) } : rejected(bad)
}
