import { randomUUID } from 'node:crypto'
import type { Product } from '@eip/contracts'
import { encodeVector } from '@eip/engine-vector-index'
import { failures } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import { openNativeProductIndex } from '@eip/product-index/native'
import { openOpenSearchProductIndex } from '@eip/product-index/opensearch'
import { type ClusterComparison, openClusterComparison } from '@eip/product-index/opensearch-comparison'
import type { ProductIndex } from '@eip/product-index/writer'
import type { Environment } from '../environment.ts'
import { vectorAt } from './catalogue-vectors.ts'
import type { CatalogueVectors } from './exact-nearest.ts'

const failure = failures({
  'parity.no-cluster': {
    kind: 'invalid',
    cure: 'Set OPENSEARCH_URL to the address of a cluster, such as http://127.0.0.1:9200, and OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD where it asks for them.',
  },
})

/** Both engines over the same products, and what else the cluster can do with them. */
export type TwoEngines = AsyncDisposable &
  Readonly<{ native: ProductIndexReader; opensearch: ProductIndexReader; cluster: ClusterComparison }>

export type ClusterOptions = Readonly<{
  urls: readonly string[]
  credentials?: Readonly<{ username: string; password: string }>
  vectorEngine: Environment['OPENSEARCH_VECTOR_ENGINE']
  /** Begins the names of all indexes of this comparison; nobody else has them. */
  prefix: string
}>

export function clusterOptions(environment: Environment): ClusterOptions {
  const { OPENSEARCH_URL: urls, OPENSEARCH_USERNAME: username, OPENSEARCH_PASSWORD: password } = environment
  if (urls === undefined) throw failure('parity.no-cluster', 'OPENSEARCH_URL does not say where OpenSearch is')
  return {
    urls,
    ...(username !== undefined && password !== undefined && { credentials: { username, password } }),
    vectorEngine: environment.OPENSEARCH_VECTOR_ENGINE,
    prefix: `${environment.OPENSEARCH_INDEX_PREFIX}-parity-${randomUUID().slice(0, 8)}`,
  }
}

type Filling = Readonly<{ products: readonly Product[]; vectors: CatalogueVectors | null }>

/**
 * Fills both: on OpenSearch one shard, merged to one segment, because each shard and each product that is gone would
 * have a say in its statistics. Whatever was made in the cluster is taken away in the end.
 */
export async function twoEngines(
  options: ClusterOptions,
  filling: Filling,
  onProgress: (share: number) => void = () => {},
): Promise<TwoEngines> {
  const stack = new AsyncDisposableStack()
  try {
    const cluster = stack.adopt(openClusterComparison(options), (each) => each.close())
    await cluster.describe()
    stack.defer(() => cluster.remove())
    const native = stack.adopt(await openNativeProductIndex({ dir: null }), (each) => each.close())
    const written = await openOpenSearchProductIndex(options)
    try {
      await fill([native, written], filling, onProgress)
    } finally {
      await written.close()
    }
    await cluster.merge()
    const merged = stack.adopt(await openOpenSearchProductIndex(options), (each) => each.close())
    const kept = stack.move()
    return Object.freeze({
      native: native.reader,
      opensearch: merged.reader,
      cluster,
      [Symbol.asyncDispose]: () => kept.disposeAsync(),
    })
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

const batchSize = 1_000

async function fill(
  indexes: readonly ProductIndex[],
  { products, vectors }: Filling,
  onProgress: (share: number) => void,
): Promise<void> {
  for (let at = 0; at < products.length; at += batchSize) {
    const batch = products.slice(at, at + batchSize)
    const changes = batch.map((product) => ({ id: product.id, version: 1, product }))
    await Promise.all(indexes.map(({ writer }) => writer.apply(changes, {})))
    if (vectors !== null) {
      const embedded = batch.map(({ id }, i) => {
        const vector = vectorAt(vectors, at + i)
        return {
          productId: id,
          encoder: vectors.encoder,
          version: 1,
          vector: vector === null ? null : encodeVector(vector),
        }
      })
      await Promise.all(indexes.map(({ writer }) => writer.applyVectors(embedded, {})))
    }
    onProgress(Math.min(1, (at + batchSize) / products.length))
  }
}
