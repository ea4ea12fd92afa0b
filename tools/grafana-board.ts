import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DeclaredMetric, metricDeclarations } from './metric-declarations.ts'

type Query = Readonly<{ expr: string; legend: string }>
type Panel = Readonly<{
  title: string
  description: string
  unit: string
  kind: 'timeseries' | 'stat'
  queries: readonly Query[]
}>

const chosen = 'process=~"$process"'
const legendOf = (labels: readonly string[]) => labels.map((label) => `{{${label}}}`).join(' ') || 'all'
const by = (labels: readonly string[]) => (labels.length > 0 ? ` by (${labels.join(', ')})` : '')

function unitOf(name: string): string {
  if (/_seconds(_|$)/.test(name)) return 's'
  if (/_bytes(_|$)/.test(name)) return 'bytes'
  return /_ratio(_|$)/.test(name) ? 'percentunit' : 'short'
}

/** What a metric of this kind is read by: counters as a rate, distributions as quantiles, states as they are. */
export function panelOf({ name, help, labels, kind }: DeclaredMetric): Panel {
  const about = { title: name, description: help, kind: 'timeseries' } as const
  switch (kind) {
    case 'counter':
      return {
        ...about,
        unit: 'ops',
        queries: [{ expr: `sum${by(labels)} (rate(${name}{${chosen}}[$__rate_interval]))`, legend: legendOf(labels) }],
      }
    case 'gauge': {
      const own = ['process', ...labels]
      return {
        ...about,
        unit: unitOf(name),
        queries: [{ expr: `max${by(own)} (${name}{${chosen}})`, legend: legendOf(own) }],
      }
    }
    case 'histogram':
      return {
        ...about,
        unit: unitOf(name),
        queries: [0.5, 0.95, 0.99].map((share) => ({
          expr: `histogram_quantile(${share}, sum${by(['le', ...labels])} (rate(${name}_bucket{${chosen}}[$__rate_interval])))`,
          legend: `p${share * 100} ${legendOf(labels)}`,
        })),
      }
  }
}

/** What says in one look whether all is well. */
const glance: readonly Panel[] = [
  stat('Processes that answer', 'Of those that Prometheus asks.', 'short', `sum(up{job="eip"})`),
  stat('Requests', 'Answered by the gateway, each second.', 'reqps', requests('service="gateway"')),
  stat(
    'Requests that fail',
    'By a defect, a neighbour or time; what a caller did wrong is not counted.',
    'percentunit',
    `${requests('service="gateway",outcome=~"internal|unavailable|deadline"')} / ${requests('service="gateway"')}`,
  ),
  stat(
    'Search, slowest of a hundred',
    'Within the search service.',
    's',
    'histogram_quantile(0.99, sum by (le) (rate(eip_search_duration_seconds_bucket[$__rate_interval])))',
  ),
]

function requests(labels: string): string {
  return `sum(rate(eip_request_duration_seconds_count{${labels}}[$__rate_interval]))`
}

function stat(title: string, description: string, unit: string, expr: string): Panel {
  return { title, description, unit, kind: 'stat', queries: [{ expr, legend: title }] }
}

const datasource = { type: 'prometheus', uid: 'prometheus' }

const panelJson = ({ title, description, unit, kind, queries }: Panel, id: number, gridPos: object) => ({
  ...{ id, type: kind, title, description, gridPos, datasource },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  options:
    kind === 'timeseries' ? { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } } : {},
  targets: queries.map(({ expr, legend }, index) => ({
    ...{ refId: String.fromCharCode(65 + index), datasource, expr, legendFormat: legend },
  })),
})

/** Grafana's board of all metrics: what matters first, then a row for each room that declares some. */
export function grafanaBoard(metrics: readonly DeclaredMetric[]): string {
  const panels: object[] = glance.map((panel, at) => panelJson(panel, at + 1, { h: 4, w: 6, x: at * 6, y: 0 }))
  let y = 4
  for (const room of new Set(metrics.map((metric) => metric.room))) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: room,
      collapsed: false,
      gridPos: { h: 1, w: 24, x: 0, y },
      panels: [],
    })
    y += 1
    const own = metrics.filter((metric) => metric.room === room)
    for (const [at, metric] of own.entries())
      panels.push(
        panelJson(panelOf(metric), panels.length + 1, { h: 8, w: 8, x: (at % 3) * 8, y: y + 8 * Math.floor(at / 3) }),
      )
    y += 8 * Math.ceil(own.length / 3)
  }
  const process = {
    ...{ name: 'process', label: 'Process', type: 'query', datasource, includeAll: true, allValue: '.*', multi: true },
    ...{
      query: 'label_values(up{job="eip"}, process)',
      refresh: 2,
      sort: 1,
      current: { text: 'All', value: '$__all' },
    },
  }
  const board = {
    ...{ uid: 'eip', title: 'E-Commerce Intelligence Platform', tags: ['eip'], schemaVersion: 41, editable: false },
    ...{ refresh: '30s', time: { from: 'now-1h', to: 'now' }, timezone: 'browser' },
    ...{ templating: { list: [process] }, panels },
  }
  return `${JSON.stringify(board, null, 2)}\n`
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  writeFileSync(join(root, 'deploy', 'grafana', 'boards', 'eip.json'), grafanaBoard(await metricDeclarations(root)))
}
