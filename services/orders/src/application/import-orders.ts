import type { Order, OrdersContract } from '@eip/contracts'
import { timeSlice } from '@eip/database'
import type { Clock } from '@eip/kernel'
import type { Handlers } from '@eip/rpc'
import { lastTimeOf, readImportedOrder } from '../domain/imported-order.ts'
import type { Occasion } from '../domain/occasion.ts'
import { changeOf, type OrderDecision, type StandingOrder } from '../domain/order-change.ts'
import type { OrderStore } from '../ports/order-store.port.ts'
import { occasionOf } from './occasion.ts'

type Needs = Readonly<{ orders: OrderStore; clock: Clock }>
type Rows = readonly Readonly<Record<string, unknown>>[]
type Rejected = { index: number; orderId: string | null; field: string; reason: string }
type Request = Readonly<{ orderId: string; index: number; order: Order }>
type Outcome = 'created' | 'updated' | 'unchanged' | 'ours'

const ours = 'is an order that was made here; history does not change it'

async function readRows(rows: Rows, now: number) {
  const slice = timeSlice()
  const requests: Request[] = []
  const rejected: Rejected[] = []
  for (const [index, row] of rows.entries()) {
    const read = readImportedOrder(row, now)
    if (read.outcome === 'accepted') requests.push({ orderId: read.order.orderId, index, order: read.order })
    else rejected.push({ index, orderId: read.orderId, ...read.rejection })
    await slice.pause()
  }
  return { requests, rejected }
}

function decide({ order }: Request, standing: StandingOrder | null, occasion: Occasion): OrderDecision<Outcome> {
  if (standing !== null && standing.order.source !== 'import') return { answer: 'ours', change: null }
  if (standing !== null && JSON.stringify(standing.order) === JSON.stringify(order))
    return { answer: 'unchanged', change: null }
  const change = changeOf(standing, order, lastTimeOf(order), occasion)
  return { answer: standing === null ? 'created' : 'updated', change }
}

/** Rows that are right go in, in order, all in one transaction; an order that comes twice is changed twice. */
export const importOrders =
  ({ orders, clock }: Needs): Handlers<OrdersContract>['importOrders'] =>
  async ({ orders: rows }, call) => {
    const occasion = occasionOf(clock, call)
    const { requests, rejected } = await readRows(rows, occasion.now)
    const outcomes = await orders.change(requests, (request, standing) => decide(request, standing, occasion))
    const counts = { created: 0, updated: 0, unchanged: 0 }
    for (const [place, outcome] of outcomes.entries()) {
      const { index, orderId } = requests[place]!
      if (outcome === 'ours') rejected.push({ index, orderId, field: 'orderId', reason: ours })
      else counts[outcome] += 1
    }
    return { ...counts, rejected: rejected.sort((a, b) => a.index - b.index) }
  }
