import { failure } from './failures.ts'

/**
 * Which slots may be found. `admitted(most)` lists them, each once, when there are at most so many, else null: few are
 * looked at one by one, many are tested while the graph is walked. Slots that are not live may be among them.
 */
export interface SlotFilter {
  admits(slot: number): boolean
  admitted(most: number): Int32Array | null
}

export type VectorSearchRequest = Readonly<{
  /** How many. */
  k: number
  /** Only cosines of at least this. */
  floor?: number
  /** How many candidates the walk keeps (efSearch), `k` at least: more is slower and surer. */
  effort?: number
  filter?: SlotFilter
}>

/** Best first, equal scores by id. Scores are exact cosines of what is kept. */
export type VectorSearchResult = Readonly<{ slots: Int32Array; scores: Float64Array }>

export function checkRequest({ k, floor, effort }: VectorSearchRequest): void {
  if (!Number.isInteger(k) || k < 0) throw failure('vector-index.bad-request', `k is ${k}, not a whole number from 0`)
  if (floor !== undefined && Number.isNaN(floor)) throw failure('vector-index.bad-request', 'floor is not a number')
  if (effort !== undefined && !(Number.isInteger(effort) && effort > 0))
    throw failure('vector-index.bad-request', `effort is ${effort}, not a whole number from 1`)
}
