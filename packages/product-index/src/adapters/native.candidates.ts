import type { CountingRequest, IndexView, SearchResult } from '@eip/engine-text-index'
import type { RetrievalRequest } from '../product-index.port.ts'

const scoreScale = 1e6

/** Candidates as references of one view, in the order of the answer. */
export type Candidates = Readonly<{ references: Uint32Array; textScores: Float64Array }>

/** Which documents one query has met; kept between queries, so that none has to clear it. */
export interface Marks {
  /** Begins anew, for references below `documents`. */
  begin(documents: number): void
  /** Whether the document was marked already; it is now. */
  mark(reference: number): boolean
}

export function createMarks(): Marks {
  let marked = new Uint32Array(0)
  let query = 0
  return Object.freeze({
    begin(documents: number) {
      query = query === 0xffffffff ? 1 : query + 1
      if (marked.length < documents) marked = new Uint32Array(Math.ceil(documents * 1.5))
      else if (query === 1) marked.fill(0)
    },
    mark(reference: number) {
      const wasMarked = marked[reference] === query
      marked[reference] = query
      return wasMarked
    },
  })
}

/**
 * By column: the first of everything that matches. By score: the best by their words, then the nearest that are not among
 * these, best first.
 *
 *   words      a b c d │ e f …             `limit` of them
 *   nearest        c   x e y               a b c d │ x e y
 */
export function candidatesOf(
  view: IndexView,
  marks: Marks,
  found: SearchResult,
  nearest: Uint32Array | null,
  { order, limit }: Pick<RetrievalRequest, 'order' | 'limit'>,
  clauses: CountingRequest['clauses'],
): Candidates {
  if (nearest === null) return { references: found.refs, textScores: found.scores }
  const isByScore = order === 'score'
  const byWords = isByScore ? Math.min(limit, found.totalByClauses ?? 0) : 0
  const references = isByScore ? joined(view, marks, found.refs.subarray(0, byWords), nearest) : found.refs
  const textScores = new Float64Array(references.length)
  textScores.set(found.scores.subarray(0, byWords))
  // A product that too few words found has the score of those few all the same.
  const rest = textScores.subarray(byWords)
  if (clauses.length > 0) view.scores(references.subarray(byWords), { clauses }, rest)
  for (let at = 0; at < rest.length; at++) rest[at] = Math.round(rest[at]! * scoreScale) / scoreScale
  return { references, textScores }
}

function joined(view: IndexView, marks: Marks, words: Uint32Array, nearest: Uint32Array): Uint32Array {
  const { documents, deleted } = view.statistics()
  marks.begin(documents + deleted)
  const all = new Uint32Array(words.length + nearest.length)
  all.set(words)
  for (const reference of words) marks.mark(reference)
  let count = words.length
  for (const reference of nearest) if (!marks.mark(reference)) all[count++] = reference
  return all.subarray(0, count)
}
