import { type Order, type OrdersContract, ordersFailure } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { Call, Handlers } from '@eip/rpc'
import { changeOf } from '../domain/order-change.ts'
import { cancelled, delivered, returned, reviewed, type Step, type StepTime, shipped } from '../domain/order-steps.ts'
import type { OrderStore } from '../ports/order-store.port.ts'
import { occasionOf } from './occasion.ts'

/** `refund`: gives back what was paid for orders that were cancelled. */
type Needs = Readonly<{ orders: OrderStore; clock: Clock; refund: () => Promise<void> }>

type OrderSteps = 'shipOrder' | 'deliverOrder' | 'cancelOrder' | 'returnOrder' | 'reviewOrder'
type Asked = Readonly<{ orderId: string; at?: number | undefined }>

export const noSuchOrder = (orderId: string) =>
  ordersFailure('orders.no-such-order', `there is no order "${orderId}", or it is another customer's`)

export function takeOrderSteps({ orders, clock, refund }: Needs) {
  const take = async (
    { orderId, at }: Asked,
    call: Pick<Call, 'trace'>,
    step: (order: Order, time: StepTime) => Step,
  ): Promise<Order> => {
    const occasion = occasionOf(clock, call)
    const [order] = await orders.change([{ orderId }], (_, standing) => {
      if (standing === null) throw noSuchOrder(orderId)
      const taken = step(standing.order, { at, now: occasion.now })
      if (taken === null) return { answer: standing.order, change: null }
      return { answer: taken.order, change: changeOf(standing, taken.order, taken.at, occasion) }
    })
    return order!
  }
  return Object.freeze({
    shipOrder: (asked, call) => take(asked, call, shipped),
    deliverOrder: (asked, call) => take(asked, call, delivered),
    async cancelOrder({ reason, ...asked }, call) {
      const order = await take(asked, call, (standing, time) => cancelled(standing, time, reason))
      await refund()
      return order
    },
    returnOrder: ({ lines, reason, ...asked }, call) =>
      take(asked, call, (standing, time) => returned(standing, time, lines, reason)),
    reviewOrder: ({ customer, score, ...asked }, call) =>
      take(asked, call, (standing, time) => {
        if (standing.customer !== customer) throw noSuchOrder(asked.orderId)
        return reviewed(standing, time, score)
      }),
  } satisfies Pick<Handlers<OrdersContract>, OrderSteps>)
}
