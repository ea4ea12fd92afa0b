import { type SearchContract, type SearchHit, searchFailure } from '@eip/contracts'
import { guard } from '@eip/engine-ranking'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { Filter, ProductIndexReader, Retrieval, RetrievalRequest, StoredProduct } from '@eip/product-index'
import type { Call, Handlers } from '@eip/rpc'
import { type Fulfilments, fulfilmentColumns, fulfilmentOf, hidingFilters } from '../domain/fulfilment.ts'
import { queryLanguages, type ShopLanguages } from '../domain/query-language.ts'
import type { Regions } from './follow-regions.ts'
import type { ServingEncoder } from './serving-encoder.ts'
import type { ServingPolicy } from './serving-policy.ts'
import { requireTime } from './time-left.ts'

type Needs = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  languages: ShopLanguages
  encoder: Pick<ServingEncoder, 'current'>
  policy: Pick<ServingPolicy, 'current'>
  regions: Pick<Regions, 'bitOf'>
}>

const nothingAsked = {
  ...{ query: null, vector: null, minimumMatches: 1, filters: [], wishes: [], facets: [] },
  columns: ['atp', 'coverage', ...fulfilmentColumns] as const,
}

/**
 * Products like one: the nearest by their vectors; where the product has none (yet), those that share most of its title's
 * words. What cannot be delivered comes last, or not at all where the policy hides it. The first are named by `reason: vector`, the others by `words`. Fails with `search.no-such-product`.
 */
export function findSimilar({
  index,
  analyzer,
  languages,
  encoder,
  policy,
  regions,
}: Needs): Handlers<SearchContract>['similar'] {
  const near = async (id: string, size: number, filters: readonly Filter[]): Promise<Retrieval | null> => {
    const name = encoder.current()?.published.encoder
    const values = name === undefined ? null : await index.vectorOf(id, name)
    if (name === undefined || values === null) return null
    const vector = { encoder: name, values, nearest: size + 1, floor: 0 }
    return index.retrieve({ ...nothingAsked, filters, vector, order: 'score', limit: size + 1 })
  }
  const alike = ({ title, language }: StoredProduct, size: number, filters: readonly Filter[]): Promise<Retrieval> => {
    const query = analyzer.analyzeQuery(title, { languages: queryLanguages(title, language ?? undefined, languages) })
    const request: RetrievalRequest = { ...nothingAsked, filters, query, order: 'score', limit: size + 1 }
    return index.retrieve(request)
  }
  const heldOf = ({ ids, columns }: Retrieval, region: string | undefined): Fulfilments => {
    const candidates = { count: ids.length, text: new Float64Array(0), vector: null, intent: null, columns }
    const { atp = null, leadTimeDays = null } = columns
    return { guarded: guard(policy.current(), candidates, regions.bitOf(region)), atp, leadTimeDays }
  }
  return async ({ id, size, region }, call: Call) => {
    const [product] = await index.show([id])
    if (product === undefined) throw searchFailure('search.no-such-product', `there is no product "${id}" to be found`)
    requireTime(call)
    const hidden = hidingFilters(policy.current(), regions.bitOf(region))
    const byVector = await near(id, size, hidden)
    const found = byVector ?? (await alike(product, size, hidden))
    const scores = byVector?.vectorScores ?? found.textScores
    const held = heldOf(found, region)
    const { isSunk } = held.guarded
    const ranked = found.ids
      .map((other, at) => ({ id: other, score: scores[at]!, at }))
      .filter((other) => other.id !== id)
      .sort((a, b) => isSunk[a.at]! - isSunk[b.at]! || b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, size)
    requireTime(call)
    const shown = new Map((await index.show(ranked.map((each) => each.id))).map((each) => [each.id, each]))
    const reason = byVector === null ? ('words' as const) : ('vector' as const)
    const hits = ranked.flatMap(({ id: other, score, at }) => {
      const hit = shown.get(other)
      return hit === undefined ? [] : [{ ...hitOf(hit), score, reason, fulfilment: fulfilmentOf(held, at) }]
    })
    return { hits, degraded: [] }
  }
}

const hitOf = (product: StoredProduct): Omit<SearchHit, 'score' | 'fulfilment'> => ({
  ...product,
  categoryPath: [...product.categoryPath],
})
