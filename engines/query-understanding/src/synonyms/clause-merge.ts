import {
  type AnalyzedQuery,
  type Analyzer,
  MAX_QUERY_CLAUSES,
  type QueryClause,
  type QueryTerm,
} from '@eip/engine-text-analysis'

/** Another way to say a run of clauses: its own clauses, and what each of its terms counts beside the shopper's words. */
export type Reading = Readonly<{ clauses: readonly QueryClause[]; boost: number }>

/** The clauses `first..last` of a query and their other readings. */
export type Replacement = Readonly<{ first: number; last: number; readings: readonly Reading[] }>

/** The part of `parts` that stands at place `at` of `places`, when each part takes an equal share of them. */
function partAt<Part>(parts: readonly Part[], at: number, places: number): Part {
  return parts[Math.floor((at * parts.length) / places)] as Part
}

function addTerms(terms: Map<string, number>, added: readonly QueryTerm[], factor: number): void {
  for (const { term, boost } of added) terms.set(term, Math.max(terms.get(term) ?? 0, boost * factor))
}

/**
 * One run of clauses with its other readings beside it. The longest reading sets the number of clauses; shorter ones are
 * spread over them. What the shopper typed is weighed so that it counts as much in all as before:
 *
 * ```
 *   laptop = portable computer      note book = notebook
 *   {laptop^½, portable^b}          {note, notebook^b}
 *   {laptop^½, computer^b}          {book, notebook^b}
 * ```
 */
function merged(run: readonly QueryClause[], readings: readonly Reading[], room: number): QueryClause[] {
  const fitting = readings.filter(({ clauses }) => clauses.length > 0 && clauses.length <= room)
  const places = Math.max(run.length, ...fitting.map(({ clauses }) => clauses.length))
  return Array.from({ length: places }, (_, at) => {
    const typed = partAt(run, at, places)
    const terms = new Map<string, number>()
    addTerms(terms, typed.terms, run.length / places)
    for (const { clauses, boost } of fitting) {
      const share = Math.max(clauses.length, run.length) / places
      addTerms(terms, partAt(clauses, at, places).terms, boost * share)
    }
    const sorted = Array.from(terms, ([term, boost]) => Object.freeze({ term, boost })).sort(
      (a, b) => b.boost - a.boost,
    )
    // A clause that gained a meaning is a wish, even if the word alone is grammar.
    const isStopWord = typed.isStopWord && fitting.length === 0
    return Object.freeze({ ...typed, isStopWord, terms: Object.freeze(sorted) })
  })
}

/**
 * A query in which runs of clauses have other readings. A replacement that overlaps an earlier one is left out, and so is
 * a reading for which 64 clauses leave no room. Each clause keeps the surface of the shopper's word that it stands for.
 * O(clauses · readings).
 */
export function withReadings(query: AnalyzedQuery, replacements: readonly Replacement[]): AnalyzedQuery {
  const clauses: QueryClause[] = []
  let next = 0
  for (const { first, last, readings } of replacements.toSorted((a, b) => a.first - b.first)) {
    if (first < next) continue
    clauses.push(...query.clauses.slice(next, first))
    const others = query.clauses.length - last - 1
    clauses.push(...merged(query.clauses.slice(first, last + 1), readings, MAX_QUERY_CLAUSES - clauses.length - others))
    next = last + 1
  }
  clauses.push(...query.clauses.slice(next))
  return Object.freeze({ clauses: Object.freeze(clauses), isTruncated: query.isTruncated })
}

/** The clauses of another way to say it, without its grammar ("the north face") unless it is all there is. */
export function readingOf(text: string, boost: number, analyzer: Analyzer, languages: readonly string[]): Reading {
  const { clauses } = analyzer.analyzeQuery(text, { languages })
  const wishes = clauses.filter(({ isStopWord }) => !isStopWord)
  return { clauses: wishes.length > 0 ? wishes : clauses, boost }
}

/** What the shopper typed in a run of clauses; whatever parted two of them reads as a space. */
export function surfaceOf(run: readonly QueryClause[]): string {
  let surface = ''
  let end = run[0]?.start ?? 0
  for (const clause of run) {
    surface += clause.start > end ? ` ${clause.surface}` : clause.surface.slice(end - clause.start)
    end = Math.max(end, clause.end)
  }
  return surface
}
