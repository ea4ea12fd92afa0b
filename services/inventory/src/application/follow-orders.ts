import { type Order, orderChanged } from '@eip/contracts'
import { type Delivery, type EventBus, type Reading, startReading } from '@eip/event-bus'
import { newTrace, parseTrace } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import { decideOrder } from '../domain/restoring.ts'
import type { LedgerWriter } from './ledger-writer.ts'

type Needs = Readonly<{ bus: Pick<EventBus, 'subscribe'>; writer: Pick<LedgerWriter, 'write'>; logger: Logger }>

export const topics = [orderChanged]

function returnedOf({ lines }: Order) {
  const quantities = new Map<string, number>()
  for (const { productId, returned } of lines)
    quantities.set(productId, (quantities.get(productId) ?? 0) + Math.max(0, returned))
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }))
}

/** Goods of cancelled and returned orders come back. What was imported never left this stock. Stock answers before the group is there. */
export function followOrders({ bus, writer, logger }: Needs): Reading {
  async function apply({ event }: Delivery<Order>): Promise<void> {
    const order = event.payload
    if (event.deleted || !order || order.source === 'import') return
    const isCancelled = order.state === 'cancelled'
    const returned = returnedOf(order)
    if (!isCancelled && returned.every(({ quantity }) => quantity === 0)) return
    const { orderId } = order
    const trace = parseTrace(event.trace) ?? newTrace()
    await writer.write({ reservationId: orderId }, { trace }, (standing, occasion) =>
      decideOrder({ orderId, isCancelled, returned }, standing, occasion),
    )
  }
  return startReading(bus, {
    group: 'inventory',
    topics,
    handle: async (deliveries) => {
      await Promise.all(deliveries.map((delivery) => apply(delivery as Delivery<Order>)))
    },
    onTrouble: (error) => logger.error({ err: error }, 'orders are not followed'),
  })
}
