import type { Facet, QueryStep, SearchOutput } from '@eip/contracts'
import type { Candidates, Policy } from '@eip/engine-ranking'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { Filter, VectorQuery } from '@eip/product-index'
import type { Fulfilments } from '../domain/fulfilment.ts'
import type { Relaxed } from '../domain/relaxation.ts'

/**
 * The list that pages are cut from, and all it takes to explain its hits as they were ranked. `ranks` names the
 * candidates (their places in `scores` and `candidates`) from the first hit to the last, `ids` their ids in that order.
 */
export type KeptResult = Readonly<{
  requestId: string
  identity: string
  query: SearchOutput['query']
  /** How the query was read, to be told when an explanation is asked for. */
  steps: readonly QueryStep[]
  analyzed: AnalyzedQuery | null
  vector: VectorQuery | null
  /** Why the list was made by words alone, where a vector was missed. */
  vectorsLost: string | null
  /** How many words had to match for the list, which filters held, and what was given up. */
  minimumMatches: number
  filters: readonly Filter[]
  relaxed: readonly Relaxed[]
  total: number
  ids: KeptIds
  ranks: Uint32Array
  scores: Float64Array
  candidates: Candidates
  fulfilments: Fulfilments
  /** As the index gave them: text scores with the best of them, cosines, and which wishes are met (bits). */
  textScores: Float64Array
  bestText: number
  vectorScores: Float64Array | null
  wishes: Uint32Array
  /** Of each wish, its place in `query.slots`. */
  wishSlots: readonly number[]
  policy: Policy
  rankedAt: number
  versions: SearchOutput['versions']
  /** What was counted with the list, by the name it was asked for. */
  facets: ReadonlyMap<string, readonly Facet[]>
}>

/** Ids as one text, a line each: of a thousand small texts, the garbage collector would visit every one for minutes. */
export type KeptIds = Readonly<{ text: string }>

// An id holds no white space (`productIdSchema`).
const separator = '\n'
export const keepIds = (ids: readonly string[]): KeptIds => ({ text: ids.join(separator) })
export const keptIds = ({ text }: KeptIds): readonly string[] => (text === '' ? [] : text.split(separator))

export type KeptResultsLimits = Readonly<{ entries: number; hits: number; ageMs: number }>

/** Of one process. Full, that is some 90 MB: a hit takes some 180 bytes, a list without its hits a few kB. */
export const defaultKeptLimits: KeptResultsLimits = Object.freeze({ entries: 5_000, hits: 500_000, ageMs: 600_000 })

/** Lists of results by request id, so that later pages are cut from the list that the first one showed. */
export type KeptResults = Readonly<{
  /** At once where this process made the list; undefined: it is not kept (any more), or cannot be had in time. Never fails. */
  find(requestId: string): Promise<KeptResult | undefined>
  /** Keeps a list for `ageMs` from now on, or longer where it is kept already: one that is asked for does not grow younger. Never fails. */
  keep(result: KeptResult): void
  close(): Promise<void>
}>
