import type { CatalogContract, IndexerContract, InventoryContract, LogisticsContract } from '@eip/contracts'
import type { Client } from '@eip/rpc'
import type { GatewayHandlers } from './edge.ts'

type Needs = Readonly<{
  catalog: Client<CatalogContract>
  indexer: Client<IndexerContract>
  inventory: Client<InventoryContract>
  logistics: Client<LogisticsContract>
}>

/** What the serving view holds of a product, beside what its owners say of it now. */
export const compareServed =
  ({ catalog, indexer, inventory, logistics }: Needs): GatewayHandlers['servedProduct'] =>
  async ({ id }, call) => {
    const asked = { ids: [id] }
    const [view, product, stock, score] = await Promise.all([
      indexer.listVersions(asked, { call }),
      catalog.listVersions(asked, { call }),
      inventory.listStockVersions(asked, { call }),
      logistics.listScoreVersions(asked, { call }),
    ])
    return {
      view: view.versions[0] ?? null,
      catalogue: withoutId(product.versions[0]),
      stock: withoutId(stock.versions[0]),
      logistics: withoutId(score.versions[0]),
    }
  }

function withoutId<T extends Readonly<{ id: string }>>(version: T | undefined): Omit<T, 'id'> | null {
  if (version === undefined) return null
  const { id: _, ...rest } = version
  return rest
}
