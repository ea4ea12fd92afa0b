import { type SearchContract, type SearchHit, searchFailure } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { ProductIndexReader, Retrieval, RetrievalRequest, StoredProduct } from '@eip/product-index'
import type { Call, Handlers } from '@eip/rpc'
import { queryLanguages, type ShopLanguages } from '../domain/query-language.ts'
import type { ServingEncoder } from './serving-encoder.ts'
import { requireTime } from './time-left.ts'

type Needs = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  languages: ShopLanguages
  encoder: Pick<ServingEncoder, 'current'>
}>

const nothingAsked = { query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [], columns: [] }

/**
 * Products like one: the nearest by their vectors; where the product has none (yet), those that share most of its title's
 * words. The first are named by `reason: vector`, the others by `words`. Fails with `search.no-such-product`.
 */
export function findSimilar({ index, analyzer, languages, encoder }: Needs): Handlers<SearchContract>['similar'] {
  const near = async (id: string, size: number): Promise<Retrieval | null> => {
    const name = encoder.current()?.published.encoder
    const values = name === undefined ? null : await index.vectorOf(id, name)
    if (name === undefined || values === null) return null
    const vector = { encoder: name, values, nearest: size + 1, floor: 0 }
    return index.retrieve({ ...nothingAsked, vector, order: 'score', limit: size + 1 })
  }
  const alike = ({ title, language }: StoredProduct, size: number): Promise<Retrieval> => {
    const query = analyzer.analyzeQuery(title, { languages: queryLanguages(title, language ?? undefined, languages) })
    const request: RetrievalRequest = { ...nothingAsked, query, order: 'score', limit: size + 1 }
    return index.retrieve(request)
  }
  return async ({ id, size }, call: Call) => {
    const [product] = await index.show([id])
    if (product === undefined) throw searchFailure('search.no-such-product', `there is no product "${id}" to be found`)
    requireTime(call)
    const byVector = await near(id, size)
    const found = byVector ?? (await alike(product, size))
    const scores = byVector?.vectorScores ?? found.textScores
    const ranked = found.ids
      .map((other, at) => ({ id: other, score: scores[at]! }))
      .filter((other) => other.id !== id)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, size)
    requireTime(call)
    const shown = new Map((await index.show(ranked.map((each) => each.id))).map((each) => [each.id, each]))
    const reason = byVector === null ? ('words' as const) : ('vector' as const)
    const hits = ranked.flatMap(({ id: other, score }) => {
      const hit = shown.get(other)
      return hit === undefined ? [] : [{ ...hitOf(hit), score, reason }]
    })
    return { hits, degraded: [] }
  }
}

const hitOf = (product: StoredProduct): Omit<SearchHit, 'score'> => ({
  ...product,
  categoryPath: [...product.categoryPath],
})
