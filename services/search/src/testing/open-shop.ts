import { type Product, type SearchContract, searchContract } from '@eip/contracts'
import { createAnalyzer } from '@eip/engine-text-analysis'
import type { ProductIndexReader } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import { type Client, type Handlers, inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry } from '@eip/telemetry'
import { type FakeClock, fakeClock } from '@eip/testkit'
import { type SearchServiceNeeds, searchHandlers } from '../search.service.ts'

/** The search service over an index of its own, nothing of it faked but the time. */
export type Shop = AsyncDisposable &
  Readonly<{
    client: Client<SearchContract>
    handlers: Handlers<SearchContract>
    reader: ProductIndexReader
    clock: FakeClock
    /** Applies products, and deletions by id, as changes newer than all before. */
    change(products: readonly Product[], deleted?: readonly string[]): Promise<void>
    metrics(): Promise<string>
  }>

export async function openShop(products: readonly Product[], needs: Partial<SearchServiceNeeds> = {}): Promise<Shop> {
  const index = await openNativeProductIndex({ dir: null })
  const clock = fakeClock()
  const registry = metricsRegistry()
  const own = { index: index.reader, analyzer: createAnalyzer(), clock, metrics: registry }
  const handlers = searchHandlers({ ...own, ...needs })
  let version = 0
  const change = async (changed: readonly Product[], deleted: readonly string[] = []) => {
    version++
    const changes = changed.map((product) => ({ id: product.id, version, product }))
    await index.writer.apply([...changes, ...deleted.map((id) => ({ id, version, product: null }))], {})
  }
  await change(products)
  return {
    client: inProcessClient(serveContract(searchContract, handlers)),
    handlers,
    reader: index.reader,
    clock,
    change,
    metrics: () => registry.text(),
    async [Symbol.asyncDispose]() {
      await registry.close()
      await index.close()
    },
  }
}
