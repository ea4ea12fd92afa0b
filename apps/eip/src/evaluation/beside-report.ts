import { grouped, table } from '../output.ts'
import type { BesideReport } from './beside-opensearch.ts'

type Figures = BesideReport['cases'][string]

const milliseconds = (value: number | undefined): string =>
  value === undefined ? '' : value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
const rate = ({ per_second }: Figures): string => (per_second === undefined ? '' : grouped(per_second))
const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`

/** What people get of it: rates and their ratios beside what is aimed at, times, agreement and memory. */
export function besideText(report: BesideReport): string {
  const { machine, versions, load, products, queries, rounds } = report
  const [before, after] = load.map((each) => each.toFixed(2))
  return [
    `${machine}; OpenSearch ${versions.opensearch}, Lucene ${versions.lucene}; load ${before} before, ${after} after`,
    `${grouped(products)} products, ${grouped(queries)} queries, medians of ${rounds} rounds`,
    ratesTable(report),
    timesTable(report),
    agreementTable(report),
    memoryLines(report),
  ].join('\n\n')
}

function ratesTable({ cases, ratios }: BesideReport): string {
  const rows = Object.entries(ratios).map(([what, { per_second, target }]) => [
    ...[what, rate(cases[`native, ${what}`]!), rate(cases[`opensearch, ${what}`]!), `${per_second} ×`],
    ...(target === null ? ['', ''] : [`≥ ${target} ×`, per_second >= target ? 'reached' : 'missed']),
  ])
  return table(['per second', 'native', 'OpenSearch', 'ratio', 'target', ''], rows)
}

function timesTable({ cases, ratios }: BesideReport): string {
  const rows = Object.keys(ratios).flatMap((what) => {
    const [native, opensearch] = [cases[`native, ${what}`]!, cases[`opensearch, ${what}`]!]
    if (native.p50_ms === undefined) return []
    const times = ({ p50_ms, p95_ms, p99_ms }: Figures) => [p50_ms, p95_ms, p99_ms].map(milliseconds)
    return [[what, ...times(native), ...times(opensearch)]]
  })
  const quantiles = (side: string) => ['p50', 'p95', 'p99'].map((quantile) => `${side} ${quantile}`)
  return table(['milliseconds', ...quantiles('native'), ...quantiles('OpenSearch')], rows)
}

function agreementTable({ agreement }: BesideReport): string {
  const rows = Object.entries(agreement).map(([name, alike]) => {
    const meaning = alike['nearest_overlap@10']
    return [
      ...[name, percent(alike['overlap@10']), meaning === undefined ? '' : percent(meaning)],
      ...[percent(alike.same_totals), percent(alike.same_facets)],
    ]
  })
  return table(['same answers', 'ten best', 'ten nearest', 'totals', 'facets'], rows)
}

function memoryLines({ memory: { native, opensearch }, segments, cases }: BesideReport): string {
  const seconds = (side: string) => cases[`${side}, merge and link`]!.seconds
  return [
    `memory: native ${grouped(native.rss_mb)} MB more in the process, of which the index ${grouped(native.index_mb)} MB;` +
      ` OpenSearch ${grouped(opensearch.heap_used_mb)} MB of ${grouped(opensearch.heap_max_mb)} MB heap,` +
      ` ${grouped(opensearch.store_mb)} MB on disk`,
    `segments: native ${segments.native}, OpenSearch ${segments.opensearch};` +
      ` merging and linking after all was visible: native ${seconds('native')} s, OpenSearch ${seconds('opensearch')} s`,
  ].join('\n')
}
