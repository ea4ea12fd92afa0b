import { inverseDocumentFrequency } from './bm25f.ts'
import { findKey } from './byte-dictionary.ts'
import type { SearchRequest } from './search-request.ts'
import { Utf8Key } from './utf8-key.ts'
import type { ViewState } from './view-state.ts'

/** A term of the query, looked up in every segment. */
export interface PreparedTerm {
  readonly term: string
  readonly boost: number
  /** The clause that it belongs to. */
  readonly clause: number
  readonly documentFrequency: number
  readonly inverseDocumentFrequency: number
  /** boost · idf. */
  readonly weight: number
  /** Its ordinal per segment of the view, −1 where it is not. */
  readonly ordinals: Int32Array
}

export interface PreparedQuery {
  /** In the order of their clauses: those of one clause stand together. */
  readonly terms: readonly PreparedTerm[]
  readonly minimumClauses: number
}

const key = new Utf8Key()

/** Terms that no document has are left out: they match and add nothing. O(terms · segments). */
export function prepareQuery(
  view: ViewState,
  clauses: SearchRequest['clauses'],
  minimumClauses: number,
): PreparedQuery {
  const terms: PreparedTerm[] = []
  clauses.forEach((entry, clause) => {
    for (const { term, boost = 1 } of entry.terms) {
      const prepared = prepareTerm(view, term, boost, clause)
      if (prepared.documentFrequency > 0) terms.push(prepared)
    }
  })
  return { terms, minimumClauses: Math.min(minimumClauses, clauses.length) }
}

/** The document frequency is the largest over fields, as Lucene's combined fields have it. */
function prepareTerm(view: ViewState, term: string, boost: number, clause: number): PreparedTerm {
  const { segments, schema } = view
  const fields = schema.fields.length
  const ordinals = new Int32Array(segments.length)
  const perField = new Float64Array(fields)
  key.set(term)
  for (let at = 0; at < segments.length; at++) {
    const { segment } = segments[at]!
    const ordinal = findKey(segment.terms, key)
    ordinals[at] = ordinal
    if (ordinal < 0) continue
    for (let field = 0; field < fields; field++) perField[field]! += segment.fieldFrequencies[ordinal * fields + field]!
  }
  let documentFrequency = 0
  for (let field = 0; field < fields; field++) documentFrequency = Math.max(documentFrequency, perField[field]!)
  const idf = inverseDocumentFrequency(view.statistics.documents, documentFrequency)
  return { term, boost, clause, documentFrequency, inverseDocumentFrequency: idf, weight: boost * idf, ordinals }
}
