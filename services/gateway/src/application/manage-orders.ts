import type { OrdersContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'listOrders'
  | 'getOrder'
  | 'shipOrder'
  | 'deliverOrder'
  | 'cancelOrder'
  | 'returnOrder'
  | 'importOrders'
  | 'repurchaseFacts'
  | 'orderStatistics'
>

/** Orders as the shop sees them: everybody's. */
export const manageOrders = (orders: Client<OrdersContract>): Operations =>
  Object.freeze({
    listOrders: (input, call) => orders.listOrders(input, { call }),
    getOrder: (input, call) => orders.getOrder(input, { call }),
    shipOrder: (input, call) => orders.shipOrder(input, { call }),
    deliverOrder: (input, call) => orders.deliverOrder(input, { call }),
    cancelOrder: (input, call) => orders.cancelOrder(input, { call }),
    returnOrder: (input, call) => orders.returnOrder(input, { call }),
    importOrders: (input, call) => orders.importOrders(input, { call }),
    repurchaseFacts: (input, call) => orders.repurchaseFacts(input, { call }),
    orderStatistics: (_, call) => orders.statistics({}, { call }),
  } satisfies Operations)
