import { type InventoryContract, inventoryFailure } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import { by, type GatewayHandlers } from './edge.ts'

type Operations = Pick<
  GatewayHandlers,
  | 'listStock'
  | 'getStock'
  | 'listLedger'
  | 'receiveStock'
  | 'adjustStock'
  | 'countStock'
  | 'setStockThreshold'
  | 'reserveStock'
  | 'confirmReservation'
  | 'releaseReservation'
  | 'restoreStock'
  | 'stockStatistics'
  | 'listStockVersions'
  | 'republishStock'
>

/** Stock and its ledger, in the name of who is signed in. */
export const manageStock = (inventory: Client<InventoryContract>): Operations =>
  Object.freeze({
    listStock: (input, call) => inventory.listStock(input, { call }),
    async getStock({ productId }, call) {
      const [found] = (await inventory.getStock({ productIds: [productId] }, { call })).stock
      if (found !== undefined) return found
      throw inventoryFailure('inventory.no-such-stock', `there is no stock of the product "${productId}"`)
    },
    listLedger: (input, call) => inventory.listLedger(input, { call }),
    receiveStock: (input, call) => inventory.receive({ ...input, ...by(call) }, { call }),
    adjustStock: (input, call) => inventory.adjust({ ...input, ...by(call) }, { call }),
    countStock: (input, call) => inventory.countStock({ ...input, ...by(call) }, { call }),
    setStockThreshold: (input, call) => inventory.setThreshold(input, { call }),
    reserveStock: (input, call) => inventory.reserve(input, { call }),
    confirmReservation: (input, call) => inventory.confirm(input, { call }),
    releaseReservation: (input, call) => inventory.release(input, { call }),
    restoreStock: (input, call) => inventory.restore({ ...input, ...by(call) }, { call }),
    stockStatistics: (_, call) => inventory.statistics({}, { call }),
    listStockVersions: (input, call) => inventory.listStockVersions(input, { call }),
    republishStock: (input, call) => inventory.republishStock(input, { call }),
  } satisfies Operations)
