import { testEngines } from '@eip/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BesideEnvironment, type BesideReport, measureBesideOpenSearch } from './beside-opensearch.ts'
import { besideText } from './beside-report.ts'

const nowhere: BesideEnvironment = {
  OPENSEARCH_URL: undefined,
  OPENSEARCH_USERNAME: undefined,
  OPENSEARCH_PASSWORD: undefined,
  OPENSEARCH_VECTOR_ENGINE: 'lucene',
}
const asked = (...names: string[]) => names.flatMap((name) => [`${name}, 1 client`, `${name}, 8 clients`])
const wordCases = asked('lexical', 'lexical, one page', 'lexical with facets')
const isPositive = expect.toSatisfy((value: unknown) => typeof value === 'number' && value > 0)

describe('measuring beside OpenSearch', () => {
  it('says by which key the cluster is named where none is', async () => {
    const options = { products: 10, queries: 1, rounds: 1 }
    await expect(measureBesideOpenSearch(options, nowhere, () => {})).rejects.toMatchObject({
      code: 'bench.no-opensearch',
      cure: expect.stringContaining('OPENSEARCH_URL'),
    })
  })
})

describe.skipIf(!testEngines.opensearch)('native beside OpenSearch (needs TEST_OPENSEARCH_URL)', () => {
  const told: string[] = []
  let report: BesideReport
  beforeAll(async () => {
    const environment = { ...nowhere, OPENSEARCH_URL: [testEngines.opensearch!] }
    const options = { products: 200, queries: 10, rounds: 1, leastRoundMs: 0 }
    report = await measureBesideOpenSearch(options, environment, (what) => told.push(what))
  })

  it('measures every case on both sides, and the filling', () => {
    const whats = [...wordCases, ...asked('hybrid with facets and a filter')]
    const figures = { p50_ms: isPositive, p95_ms: isPositive, p99_ms: isPositive, per_second: isPositive }
    for (const side of ['native', 'opensearch'])
      for (const what of whats) expect(report.cases[`${side}, ${what}`], what).toEqual(figures)
    const filled = [
      'products until visible',
      'products until on disk',
      'vectors until found',
      'products, then their vectors',
    ]
    const compared = [...whats, ...filled.map((what) => `index ${what}`)]
    expect(Object.keys(report.ratios).toSorted()).toEqual(compared.toSorted())
    expect(report.memory.opensearch.heap_used_mb).toEqual(isPositive)
    expect(report.versions.opensearch).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('finds that both give the same answers over one merged segment', () => {
    for (const alike of Object.values(report.agreement))
      expect(alike).toMatchObject({ 'overlap@10': 1, same_totals: 1, same_facets: 1 })
    // On OpenSearch one of words and one of vectors.
    expect(report).toMatchObject({ products: 200, queries: 10, segments: { native: 1, opensearch: 2 } })
  })

  it('tells people every ratio beside what is aimed at', () => {
    const text = besideText(report)
    for (const [what, { per_second }] of Object.entries(report.ratios))
      expect(text).toMatch(new RegExp(`^${what} .*${`${per_second}`.replace('.', '\\.')} ×`, 'm'))
    expect(text).toContain('≥ 20 ×')
    expect(text).toContain(`OpenSearch ${report.versions.opensearch}`)
  })

  it('says how its indexes are named, and leaves none of them behind', async () => {
    const prefix = /eip-bench-\w+-/.exec(told.join(' '))![0]
    const answer = await fetch(`${testEngines.opensearch}/_cat/indices/${prefix}*?format=json&expand_wildcards=all`)
    expect(await answer.json()).toEqual([])
  })
})
