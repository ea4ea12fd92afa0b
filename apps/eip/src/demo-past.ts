import { inventoryContract, ordersContract } from '@eip/contracts'
import { generateDemoOrders, generateDemoShop, generateDemoStock } from '@eip/pipeline-demo-shop'
import type { Platform } from './platform.ts'

const stockAtOnce = 1_000
const ordersAtOnce = 500

/**
 * Gives the demo shop, whose products are in, stock and half a year of orders, both made up. A second time changes nothing but what was
 * broken off.
 */
export async function giveDemoPast({ client }: Pick<Platform, 'client'>): Promise<void> {
  const [inventory, orders] = [client(inventoryContract), client(ordersContract)]
  const products = [...generateDemoShop()]
  const patience = { deadlineMs: 60_000 }
  for (const rows of chunksOf([...generateDemoStock(products)], stockAtOnce))
    await inventory.countStock(
      { operationId: `demo/${rows[0]!.productId}`, rows, isGenerated: true, by: 'demo' },
      patience,
    )
  for (const rows of chunksOf([...generateDemoOrders(products, { before: Date.now() })], ordersAtOnce))
    await orders.importOrders({ orders: rows.map((row) => ({ ...row })) }, patience)
}

function* chunksOf<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size)
}
