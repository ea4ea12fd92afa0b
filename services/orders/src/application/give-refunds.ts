import { isTemporary } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import type { OrderStore } from '../ports/order-store.port.ts'
import type { Payment } from '../ports/payment.port.ts'

type Needs = Readonly<{ orders: OrderStore; payment: Payment; logger: Logger }>

const batchSize = 100

/** Gives back what was paid for cancelled orders. What the provider does not take now stays due; it is asked again later. */
export const giveRefunds =
  ({ orders, payment, logger }: Needs) =>
  async (): Promise<void> => {
    for (const orderId of await orders.refundsDue(batchSize))
      try {
        await payment.void(orderId)
        await orders.refunded(orderId)
      } catch (error) {
        logger[isTemporary(error) ? 'warn' : 'error']({ err: error, orderId }, 'a payment is not given back yet')
      }
  }
