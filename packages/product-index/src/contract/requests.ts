import type { Product } from '@eip/contracts'
import { type AnalyzedQuery, createAnalyzer } from '@eip/engine-text-analysis'
import type { Retrieval, RetrievalRequest } from '../product-index.port.ts'
import type { ProductChange, ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'

const analyzer = createAnalyzer()

export const analysed = (text: string): AnalyzedQuery => analyzer.analyzeQuery(text, { languages: ['en'] })

/** Everything, unless said otherwise. */
export const asking = (fields: Partial<RetrievalRequest> = {}): RetrievalRequest => ({
  query: null,
  vector: null,
  minimumMatches: 1,
  filters: [],
  wishes: [],
  facets: [],
  order: 'score',
  limit: 1_000,
  columns: [],
  ...fields,
})

export const changesOf = (products: readonly Product[], version = 1): ProductChange[] =>
  products.map((product) => ({ id: product.id, version, product }))

export const found = async (index: ProductIndex, fields: Partial<RetrievalRequest> = {}): Promise<readonly string[]> =>
  (await index.reader.retrieve(asking(fields))).ids

export const titles = async (index: ProductIndex, fields: Partial<RetrievalRequest> = {}): Promise<string[]> =>
  (await index.reader.show(await found(index, fields))).map(({ title }) => title)

/** Runs `work` on an index of its own. */
export async function withIndex(openHarness: OpenHarness, work: (index: ProductIndex) => Promise<void>): Promise<void> {
  await using harness = openHarness()
  const index = await harness.open()
  try {
    await work(index)
  } finally {
    await index.close()
  }
}

/** Takes everything out of the index again, so that a property's runs share one: opening costs more than a run. */
export async function emptied(index: ProductIndex, version: number): Promise<void> {
  const { ids }: Retrieval = await index.reader.retrieve(asking())
  await index.writer.apply(
    ids.map((id) => ({ id, version, product: null })),
    {},
  )
}
