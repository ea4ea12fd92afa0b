import type { AnalyzedQuery, Analyzer } from '@eip/engine-text-analysis'
import type { SpanCorrection } from '../spelling/read-spelling.ts'
import { type Replacement, readingOf, withReadings } from './clause-merge.ts'

type Span = Readonly<{ start: number; end: number }>

/** The most that a correction counts beside what the shopper typed: who typed it may have meant it. */
const MOST_BOOST = 0.6

/**
 * Adds corrections to the clauses that they speak of, each at its confidence and at most 0.6: what was typed still counts
 * in full. Corrections of several words are laid over the clauses as synonyms are. O(clauses · alternatives).
 */
export function addCorrections(
  query: AnalyzedQuery,
  corrections: readonly SpanCorrection[],
  { analyzer, languages }: Readonly<{ analyzer: Analyzer; languages: readonly string[] }>,
): AnalyzedQuery {
  const replacements = corrections.flatMap(({ start, end, alternatives }): Replacement[] => {
    const first = query.clauses.findIndex((clause) => clause.end > start && clause.start < end)
    const last = query.clauses.findLastIndex((clause) => clause.end > start && clause.start < end)
    if (first < 0) return []
    const readings = alternatives.map(({ text, confidence }) =>
      readingOf(text, Math.min(MOST_BOOST, confidence), analyzer, languages),
    )
    return [{ first, last, readings }]
  })
  return withReadings(query, replacements)
}

/** The query without the clauses that lie inside spans that were understood otherwise: a price phrase is no words. */
export function removeSpans(query: AnalyzedQuery, spans: readonly Span[]): AnalyzedQuery {
  const clauses = query.clauses.filter(
    (clause) => !spans.some(({ start, end }) => clause.start >= start && clause.end <= end),
  )
  return Object.freeze({ clauses: Object.freeze(clauses), isTruncated: query.isTruncated })
}
