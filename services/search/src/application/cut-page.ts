import type { SearchHit } from '@eip/contracts'
import { explain } from '@eip/engine-ranking'
import type { ProductIndexReader, TermExplanation } from '@eip/product-index'
import { fulfilmentOf, guardOf } from '../domain/fulfilment.ts'
import { pageBounds } from '../domain/page.ts'
import { type KeptResult, keptIds } from '../ports/kept-results.port.ts'
import type { SearchMetrics } from './search-metrics.ts'

type PageNeeds = Readonly<{ index: ProductIndexReader; metrics: SearchMetrics }>

export type PageRequest = Readonly<{ page: number; size: number; explains: boolean }>

const explanationOf = (kept: KeptResult, candidate: number, terms: readonly TermExplanation[]) => {
  const { policy, candidates, rankedAt, textScores, bestText, vectorScores } = kept
  const cosine = vectorScores?.[candidate] ?? Number.NaN
  return {
    guard: guardOf(kept.fulfilments, candidate),
    features: [...explain(policy, candidates, rankedAt, candidate)],
    text: {
      score: textScores[candidate]!,
      best: bestText,
      share: candidates.text[candidate]!,
      terms: [...terms],
    },
    vector: Number.isNaN(cosine) ? null : { cosine, share: candidates.vector?.[candidate] ?? 0 },
    wishes: kept.wishSlots.filter((_, wish) => (kept.wishes[candidate]! >>> wish) & 1),
  }
}

/**
 * The hits of one page, in the list's order. Product data and terms are those of now, scores and features those of the
 * ranking; a product that is gone since leaves its place empty rather than let another move onto the page.
 */
export const cutPage =
  ({ index, metrics }: PageNeeds) =>
  async (kept: KeptResult, { page, size, explains }: PageRequest): Promise<SearchHit[]> => {
    const [start, end] = pageBounds(page, size, kept.ranks.length)
    const candidates = kept.ranks.subarray(start, end)
    const ids = keptIds(kept.ids).slice(start, end)
    if (ids.length === 0) return []
    const shown = await metrics.stage('show', () => index.show(ids))
    const products = new Map(shown.map((product) => [product.id, product]))
    const terms = explains ? await metrics.stage('explain', () => termsOf(index, kept, ids)) : []
    const hits: SearchHit[] = []
    candidates.forEach((candidate, place) => {
      const product = products.get(ids[place]!)
      if (!product) return
      const hit = {
        ...product,
        categoryPath: [...product.categoryPath],
        score: kept.scores[candidate]!,
        fulfilment: fulfilmentOf(kept.fulfilments, candidate),
      }
      hits.push(explains ? { ...hit, explanation: explanationOf(kept, candidate, terms[place] ?? []) } : hit)
    })
    return hits
  }

const termsOf = async (index: ProductIndexReader, { analyzed }: KeptResult, ids: readonly string[]) =>
  analyzed === null ? [] : index.explain(ids, analyzed)
