import { createAnalyzer } from './analyzer.ts'

export interface BenchText {
  readonly text: string
  readonly language: string
}

/** Times of one call in milliseconds, and items per second: terms for texts, queries for queries. */
export interface AnalysisBenchCase {
  readonly p50_ms: number
  readonly p95_ms: number
  readonly p99_ms: number
  readonly per_second: number
}

export interface AnalysisBenchInput {
  readonly texts: readonly BenchText[]
  readonly queries: readonly string[]
  readonly languages: readonly string[]
}

/** Calls `run` for each item and sums the counts that it answers. */
function measure<Item>(items: readonly Item[], run: (item: Item) => number): AnalysisBenchCase {
  const times = new Float64Array(items.length)
  let count = 0
  const begin = performance.now()
  items.forEach((item, i) => {
    const start = performance.now()
    count += run(item)
    times[i] = performance.now() - start
  })
  const seconds = (performance.now() - begin) / 1_000
  times.sort()
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0
  return {
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    p99_ms: at(0.99),
    per_second: seconds > 0 ? Math.round(count / seconds) : 0,
  }
}

/**
 * Speed of the analysis on the given texts and queries: texts by an analyser that has seen nothing yet and by one that
 * has, and queries. `per_second` counts terms for texts, queries for queries. Takes about three times as long as it
 * takes to analyse everything once.
 */
export function benchTextAnalysis({
  texts,
  queries,
  languages,
}: AnalysisBenchInput): Record<string, AnalysisBenchCase> {
  const analyzer = createAnalyzer()
  const terms = ({ text, language }: BenchText): number => analyzer.analyzeText(text, language).length
  return {
    'texts, empty cache': measure(texts, terms),
    'texts, warm cache': measure(texts, terms),
    queries: measure(queries, (query) => {
      analyzer.analyzeQuery(query, { languages })
      return 1
    }),
  }
}
