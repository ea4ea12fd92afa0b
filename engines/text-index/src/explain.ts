import { contribution } from './bm25f.ts'
import { advance } from './posting-search.ts'
import type { PreparedQuery, PreparedTerm } from './prepared-query.ts'
import { DECODED_LENGTHS } from './small-float.ts'
import type { ViewSegment, ViewState } from './view-state.ts'

export interface TermExplanation {
  readonly term: string
  readonly boost: number
  readonly documentFrequency: number
  readonly inverseDocumentFrequency: number
  /** Combined over fields: Σ weight · occurrences. */
  readonly termFrequency: number
  /** The document's combined length as the length byte keeps it. */
  readonly length: number
  readonly averageLength: number
  readonly score: number
}

/** Where a term's posting for the document lies, or −1. */
function findPosting({ segment }: ViewSegment, { ordinals }: PreparedTerm, index: number, document: number): number {
  const ordinal = ordinals[index]!
  if (ordinal < 0) return -1
  const { postingDocuments, postingStarts } = segment
  const end = postingStarts[ordinal + 1]!
  const posting = advance(postingDocuments, postingStarts[ordinal]!, end, document)
  return posting < end && postingDocuments[posting] === document ? posting : -1
}

/**
 * The text score of one document, as both search paths compute it: the sum over clauses of the best of the clause's
 * terms; 0 where it matches fewer clauses than the query asks for. O(terms · log postings).
 */
export function scoreDocument(view: ViewState, query: PreparedQuery, entry: ViewSegment, document: number): number {
  const index = view.segments.indexOf(entry)
  let clause = -1
  let best = 0
  let score = 0
  let matched = 0
  for (const term of query.terms) {
    if (term.clause !== clause) {
      clause = term.clause
      score += best
      if (best > 0) matched++
      best = 0
    }
    const posting = findPosting(entry, term, index, document)
    if (posting < 0) continue
    best = Math.max(best, contribution(term.weight, entry.saturation[entry.segment.postingImpacts[posting]!]!))
  }
  if (best > 0) matched++
  return matched < query.minimumClauses ? 0 : score + best
}

/**
 * The terms that decide: of each clause that matches the one that scores best, of equals the first. Their scores sum to
 * the text score, to 10⁻¹² a term.
 */
export function explainDocument(
  view: ViewState,
  query: PreparedQuery,
  entry: ViewSegment,
  document: number,
): TermExplanation[] {
  const index = view.segments.indexOf(entry)
  const deciding = new Map<number, TermExplanation>()
  for (const term of query.terms) {
    const posting = findPosting(entry, term, index, document)
    if (posting < 0) continue
    const code = entry.segment.postingImpacts[posting]!
    const score = contribution(term.weight, entry.saturation[code]!)
    if (score <= (deciding.get(term.clause)?.score ?? 0)) continue
    deciding.set(term.clause, {
      term: term.term,
      boost: term.boost,
      documentFrequency: term.documentFrequency,
      inverseDocumentFrequency: term.inverseDocumentFrequency,
      termFrequency: entry.segment.impactFrequencies[code]!,
      length: DECODED_LENGTHS[entry.segment.impactLengths[code]!]!,
      averageLength: view.statistics.averageLength,
      score,
    })
  }
  return [...deciding.values()]
}
