import { type Latency, latencyOf } from '@eip/testkit'
import { createAnalyzer } from './analyzer.ts'

export interface BenchText {
  readonly text: string
  readonly language: string
}

export interface AnalysisBenchInput {
  readonly texts: readonly BenchText[]
  readonly queries: readonly string[]
  readonly languages: readonly string[]
}

/** Calls `run` for each item and sums the counts that it answers. */
function measure<Item>(items: readonly Item[], run: (item: Item) => number): Latency {
  let count = 0
  const times = Float64Array.from(items, (item) => {
    const start = performance.now()
    count += run(item)
    return performance.now() - start
  })
  return latencyOf(times, count)
}

/**
 * Speed of the analysis on the given texts and queries: texts by an analyser that has seen nothing yet and by one that
 * has, and queries. `per_second` counts terms for texts, queries for queries. Takes about three times as long as it
 * takes to analyse everything once.
 */
export function benchTextAnalysis({ texts, queries, languages }: AnalysisBenchInput): Record<string, Latency> {
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
