import {
  cartAction,
  inventoryContract,
  type OrdersContract,
  orderChanged,
  ordersContract,
  purchase,
} from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import { defineService, type Peer, type RunningService } from '@eip/runtime'
import type { Logger } from '@eip/telemetry'
import { checkOut } from './application/check-out.ts'
import { driveCheckouts } from './application/drive-checkouts.ts'
import { followPrices, priceGroup, priceTopics } from './application/follow-prices.ts'
import { giveRefunds } from './application/give-refunds.ts'
import { importOrders } from './application/import-orders.ts'
import { manageCarts } from './application/manage-carts.ts'
import { sweepRegularly } from './application/sweep-regularly.ts'
import { takeOrderSteps } from './application/take-order-steps.ts'
import { tellOrders } from './application/tell-orders.ts'
import type { CartStore } from './ports/cart-store.port.ts'
import type { CheckoutBook } from './ports/checkout-book.port.ts'
import type { OrderStore } from './ports/order-store.port.ts'
import type { Payment } from './ports/payment.port.ts'
import type { PriceBook } from './ports/price-book.port.ts'

/** The stores write to the outbox that the relay stands on; it knows `orderChanged`, `purchase` and `cartAction`. */
export type OrdersNeeds = Readonly<{
  orders: OrderStore
  carts: CartStore
  prices: PriceBook
  checkouts: CheckoutBook
  payment: Payment
  outboxRelay: OutboxRelay
  bus: EventBus
  clock: Clock
  logger: Logger
  /** How often unfinished checkouts are looked for. Default 2,000. */
  sweepEveryMs?: number
}>

/** `sweep` takes up what nobody has worked on for a while; it runs by itself, too. */
export type OrdersRunning = RunningService<OrdersContract> & Readonly<{ sweep(): Promise<void> }>

export function ordersService({ outboxRelay, sweepEveryMs = 2_000, ...given }: OrdersNeeds, peer: Peer): OrdersRunning {
  const follow = followPrices(given)
  const driving = driveCheckouts({ ...given, stock: peer(inventoryContract) })
  const refund = giveRefunds(given)
  const needs = { ...given, outboxRelay, driving, refund, pricesMissing: follow.missing }
  const sweeping = sweepRegularly((signal) => driving.sweep(signal).finally(refund), sweepEveryMs, given.logger)
  return {
    handlers: {
      ...manageCarts(needs),
      checkout: checkOut(needs),
      ...takeOrderSteps(needs),
      importOrders: importOrders(needs),
      ...tellOrders(needs),
    },
    sweep: sweeping.run,
    async start() {
      outboxRelay.start()
      await follow.start()
      sweeping.start()
    },
    missing: follow.missing,
    async drain() {
      await sweeping.stop()
      await driving.settle()
    },
    async stop() {
      await sweeping.stop()
      await driving.settle()
      await follow.stop()
      await outboxRelay.close()
    },
  }
}

/** Owns carts, checkouts and orders, and the prices that they are made at. */
export const orders = defineService({
  name: 'orders',
  contract: ordersContract,
  calls: ['inventory'],
  consumes: { [priceGroup]: priceTopics },
  publishes: [orderChanged, purchase, cartAction],
  build: ordersService,
})
