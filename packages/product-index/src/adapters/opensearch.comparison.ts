import type { Product } from '@eip/contracts'
import { type AnalyzedQuery, createAnalyzer } from '@eip/engine-text-analysis'
import { productMapping } from '../product-document.ts'
import { clausesOf } from '../retrieval-request.ts'
import { type Operation, writeInBulk } from './opensearch.bulk.ts'
import { checkCluster } from './opensearch.cluster.ts'
import { type Connection, type ConnectionOptions, connect } from './opensearch.connection.ts'
import { activeDocument } from './opensearch.documents.ts'
import { hybridIndex, searchHybrid } from './opensearch.hybrid.ts'
import { mergeIndexes } from './opensearch.index-merge.ts'
import { removeIndexes } from './opensearch.index-removal.ts'
import { documentKey } from './opensearch.names.ts'
import type { SearchAnswer } from './opensearch.views.ts'

export type ClusterDescription = Readonly<{
  opensearch: string
  lucene: string
  nodes: number
  hasHybridQuery: boolean
  hasNori: boolean
}>

/** Fields of readable text, as the Korean analyser of the cluster reads them. */
export type KoreanField = 'title' | 'brand' | 'category'

/**
 * What the cluster can do beside the product index, on indexes whose names begin with one prefix: to compare with.
 *  - `merge` brings every index into one segment: Lucene's statistics then hold no product that is gone.
 *  - `hybrid` asks the cluster's own fusion of words and meaning, half each; `fillHybrid` comes before.
 *  - `korean` searches the readable text by the cluster's Korean analyser, best first.
 *  - `remove` takes away every index of the prefix.
 */
export interface ClusterComparison {
  describe(): Promise<ClusterDescription>
  merge(): Promise<void>
  fillHybrid(products: readonly Product[], vectorOf: (product: number) => Float32Array | null): Promise<void>
  hybrid(query: AnalyzedQuery, vector: Float32Array, limit: number): Promise<readonly string[]>
  korean(text: string, fields: readonly KoreanField[], limit: number): Promise<readonly string[]>
  remove(): Promise<void>
  close(): Promise<void>
}

type Options = ConnectionOptions & Readonly<{ prefix: string }>

/** Merging a whole index takes longer than any other request. */
const patienceMs = 600_000

export function openClusterComparison(options: Options): ClusterComparison {
  const { prefix } = options
  const connection = connect({ ...options, requestTimeoutMs: patienceMs })
  const hybridName = `${prefix}-hybrid`
  return Object.freeze({
    describe: () => describe(connection),
    merge: () => mergeIndexes(connection, `${prefix}-*`),
    async fillHybrid(products: readonly Product[], vectorOf: (product: number) => Float32Array | null) {
      await fillHybrid(connection, hybridName, products, vectorOf)
      await mergeIndexes(connection, hybridName)
    },
    async hybrid(query: AnalyzedQuery, vector: Float32Array, limit: number) {
      const question = { clauses: clausesOf(query), vector, limit }
      return idsOf(await searchHybrid(connection, hybridName, question, 'hybrid-normalised'))
    },
    async korean(text: string, fields: readonly KoreanField[], limit: number) {
      const named = fields.map((field) => `readable.${field}.korean`)
      const query = { multi_match: { query: text, fields: named, type: 'most_fields' } }
      const body = { query, sort: ['_score', { id: 'asc' }], size: limit, _source: false }
      return idsOf(await connection.call({ method: 'POST', path: `/${prefix}-products/_search`, body }))
    },
    remove: () => removeIndexes(connection, prefix),
    close: () => connection.close(),
  })
}

async function describe(connection: Connection): Promise<ClusterDescription> {
  const { hasNori, hasHybridQuery } = await checkCluster(connection)
  type Root = Readonly<{ version: Readonly<{ number: string; lucene_version: string }> }>
  const { version } = await connection.call<Root>({ method: 'GET', path: '/' })
  const health = await connection.call<{ number_of_data_nodes: number }>({ method: 'GET', path: '/_cluster/health' })
  return {
    opensearch: version.number,
    lucene: version.lucene_version,
    nodes: health.number_of_data_nodes,
    hasHybridQuery,
    hasNori,
  }
}

/** An `_id` is the product's id, but for ids too long for the cluster: catalogues that are compared have none. */
const idsOf = ({ hits }: SearchAnswer): string[] => hits.hits.map(({ _id }) => _id)

async function fillHybrid(
  connection: Connection,
  index: string,
  products: readonly Product[],
  vectorOf: (product: number) => Float32Array | null,
): Promise<void> {
  const dimensions = products.map((_, at) => vectorOf(at)).find((vector) => vector !== null)?.length ?? 1
  const settings = { shards: 1, replicas: 0, vectorEngine: 'lucene', hasNori: false } as const
  await connection.call({ method: 'PUT', path: `/${index}`, body: hybridIndex(settings, dimensions) })
  const mapped = productMapping(createAnalyzer())
  function* operations(): Generator<Operation> {
    for (const [at, product] of products.entries()) {
      const vector = vectorOf(at)
      const document = activeDocument(product, 1, mapped(product))
      const body = { ...document, ...(vector !== null && { vector: Array.from(vector) }) }
      yield { about: product.id, action: { index: { _index: index, _id: documentKey(product.id) } }, body }
    }
  }
  await writeInBulk(connection, operations(), new Set())
}
