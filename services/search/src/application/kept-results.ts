import type { Facet, SearchOutput } from '@eip/contracts'
import type { Candidates, Policy } from '@eip/engine-ranking'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { Clock } from '@eip/kernel'
import { LRUCache } from 'lru-cache'
import type { Relaxed } from '../domain/relaxation.ts'

/**
 * The list that pages are cut from, and all it takes to explain its hits as they were ranked. Candidate i of the arrays
 * is that of `ids[i]`; `ranks` names the candidates from the first hit to the last.
 */
export type KeptResult = Readonly<{
  requestId: string
  identity: string
  query: SearchOutput['query']
  analyzed: AnalyzedQuery | null
  /** How many words had to match for the list, and what was given up. */
  minimumMatches: number
  relaxed: readonly Relaxed[]
  total: number
  ids: readonly string[]
  ranks: Uint32Array
  scores: Float64Array
  candidates: Candidates
  policy: Policy
  rankedAt: number
  versions: SearchOutput['versions']
  /** What was counted with the list, by the name it was asked for. */
  facets: ReadonlyMap<string, readonly Facet[]>
}>

export type KeptResultsLimits = Readonly<{ entries: number; hits: number; ageMs: number }>

/** Full, that is some 80 MB: a hit takes 116 bytes (measured), a list without its hits a few kB. */
export const defaultKeptLimits: KeptResultsLimits = Object.freeze({ entries: 5_000, hits: 500_000, ageMs: 600_000 })

/** Results by request id. Those not asked for longest go first; one that is asked for does not grow younger. */
export type KeptResults = Readonly<{
  find(requestId: string): KeptResult | undefined
  keep(result: KeptResult): void
}>

export function keptResults(clock: Clock, limits: KeptResultsLimits = defaultKeptLimits): KeptResults {
  const cache = new LRUCache<string, KeptResult>({
    max: limits.entries,
    maxSize: limits.hits,
    sizeCalculation: ({ ids }) => 1 + ids.length,
    ttl: limits.ageMs,
    ttlResolution: 0,
    noUpdateTTL: true,
    perf: clock,
  })
  return Object.freeze({
    find: (requestId) => cache.get(requestId),
    keep: (result) => void cache.set(result.requestId, result),
  })
}
