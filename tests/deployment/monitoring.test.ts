import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, temporaryDirectory } from '@eip/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { serviceNames } from '../../apps/eip/src/services.ts'
import { grafanaBoard } from '../../tools/grafana-board.ts'
import { type DeclaredMetric, metricDeclarations } from '../../tools/metric-declarations.ts'
import { deployFolder, deployTool, toolsReason, withTools } from './deploy-tool.ts'

const prometheus = join(deployFolder, 'prometheus')
const board = join(deployFolder, 'grafana', 'boards', 'eip.json')
const configOf = (name: string) => parse(readFileSync(join(prometheus, name), 'utf8')).scrape_configs[0]

let metrics: readonly DeclaredMetric[]
beforeAll(async () => {
  metrics = await metricDeclarations(repositoryRoot)
})

/** Names of our metrics in a text of PromQL that no source declares. */
const strangers = (text: string) => {
  const known = metrics.flatMap(({ name, kind }) =>
    kind === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${name}_${part}`) : [name],
  )
  return [...text.matchAll(/\beip_[a-z0-9_]+/g)].map(([name]) => name).filter((name) => !known.includes(name))
}

describe('deploy/grafana', () => {
  it('has the board that the declared metrics give; npm run boards writes it anew', () => {
    expect(readFileSync(board, 'utf8')).toBe(grafanaBoard(metrics))
  })

  it('shows every declared metric, and none that nobody records', () => {
    const { panels } = JSON.parse(readFileSync(board, 'utf8')) as {
      panels: { title: string; targets?: { expr: string }[] }[]
    }
    const shown = panels.map(({ title }) => title).filter((title) => title.startsWith('eip_'))
    expect(shown.toSorted()).toEqual(metrics.map(({ name }) => name).toSorted())
    const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    expect(queries.flatMap(strangers)).toEqual([])
    expect(strangers('rate(eip_search_total[5m])')).toEqual(['eip_search_total'])
  })

  it('places no two panels on one another', () => {
    const { panels } = JSON.parse(readFileSync(board, 'utf8')) as {
      panels: { gridPos: Record<'x' | 'y' | 'w' | 'h', number> }[]
    }
    for (const [at, { gridPos: a }] of panels.entries())
      for (const { gridPos: b } of panels.slice(at + 1))
        expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true)
  })

  it('reads from the source and the folder that are provisioned', () => {
    const provisioned = (path: string) =>
      parse(readFileSync(join(deployFolder, 'grafana', 'provisioning', path), 'utf8'))
    expect(provisioned('datasources/prometheus.yml').datasources[0].uid).toBe('prometheus')
    const { path } = provisioned('dashboards/boards.yml').providers[0].options
    expect(readFileSync(join(deployFolder, 'compose.yaml'), 'utf8')).toContain(`./grafana/boards:${path}:ro`)
  })
})

describe('deploy/prometheus', () => {
  it('asks every process of the compose file and of the chart', () => {
    const targets = configOf('compose.yml').static_configs[0].targets as string[]
    expect(targets.toSorted()).toEqual(serviceNames.map((name) => `${name}:8080`).toSorted())
    const names = configOf('kubernetes.yml').dns_sd_configs[0].names as string[]
    expect(names.toSorted()).toEqual(serviceNames.map((name) => `eip-${name}-pods`).toSorted())
  })

  it('alerts on metrics that are recorded', () => {
    expect(strangers(readFileSync(join(prometheus, 'rules.yml'), 'utf8'))).toEqual([])
  })

  describe.skipIf(!withTools)(`read by promtool (${toolsReason})`, () => {
    const configs = readdirSync(prometheus).filter((name) => name !== 'rules.yml')

    it.each(configs)('%s is good', (name) => {
      expect(deployTool('promtool', 'check', 'config', join(prometheus, name))).toMatchObject({ status: 0 })
    })

    it('would be refused with a rule that is no query', () => {
      using at = temporaryDirectory()
      cpSync(prometheus, at.path, { recursive: true })
      const rules = join(at.path, 'rules.yml')
      writeFileSync(rules, readFileSync(rules, 'utf8').replace('== 0', '=== 0'))
      const refused = deployTool('promtool', 'check', 'config', join(at.path, 'compose.yml'))
      expect(refused.status).not.toBe(0)
      expect(refused.text).toContain('could not parse expression')
    })
  })
})
