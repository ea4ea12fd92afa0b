import type { Order, OrderState } from '@eip/contracts'
import type { OrderDecision, StandingOrder } from '../domain/order-change.ts'
import type { FactKind } from '../domain/repurchase.ts'

export type OrdersAsked = Readonly<{
  customer?: string | undefined
  state?: OrderState | undefined
  /** The last one of the page before. */
  before?: Readonly<{ placedAt: number; orderId: string }> | undefined
  limit: number
}>

/**
 * All orders, and what their payment tells of habits.
 *  - `change` is one step for all its requests: each is decided in order, by where its order stands after those before it (null: there
 *    is none), and nobody changes anything meanwhile. When a decision throws, nothing has changed, and the caller gets the same error.
 *  - Orders and the events of their changes are durable together, or none of them is.
 *  - `list`: newest first, by the time they were placed, then by id.
 *  - An order that is paid for the first time counts once in the repurchase facts, for each of its products and categories: the days
 *    to the customer's other purchases of the same. `intervals` answers how often each number of days, in their order.
 *  - `refundsDue` names orders whose payment is to be given back, until `refunded` is told of them.
 */
export interface OrderStore {
  change<Request extends Readonly<{ orderId: string }>, Answer>(
    requests: readonly Request[],
    decide: (request: Request, standing: StandingOrder | null) => OrderDecision<Answer>,
  ): Promise<Answer[]>
  read(orderId: string): Promise<Order | null>
  list(asked: OrdersAsked): Promise<readonly Order[]>
  count(): Promise<number>
  intervals(kind: FactKind, subject: string): Promise<readonly Readonly<{ days: number; times: number }>[]>
  refundsDue(limit: number): Promise<readonly string[]>
  refunded(orderId: string): Promise<void>
}
