import type { ServiceRecord } from '@eip/contracts'
import { metricsRegistry } from '@eip/telemetry'
import { afterEach, describe, expect, it } from 'vitest'
import { engineProcesses } from './engine-records.ts'
import { observeFoundations } from './foundation-metrics.ts'
import type { Engine, Foundations, Pool } from './foundations.ts'

const never = new Promise<never>(() => {})
const engineOf = (part: Engine['part'], engine: string, look: Engine['look'], isEmbedded = false): Engine => ({
  ...{ part, engine, isEmbedded, look },
})
const poolOf = (schema: string, limit: number, idle: number, inUse: number, waiting: number): Pool => ({
  ...{ schema, connections: () => ({ limit, idle, inUse, waiting }) },
})
const recordOf = (name: string, runs: string): ServiceRecord => ({
  ...{ name, runs, missing: null, operations: [], calls: [], consumes: {}, follows: [], publishes: [] },
})

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

function processOn(runs: string, engines: readonly Engine[], pools: readonly Pool[] = []) {
  const registry = metricsRegistry()
  const foundations: Foundations = { engines: () => engines, pools: () => pools }
  ends.push(observeFoundations(registry, foundations))
  const ask = async (names: readonly string[]) => ({ process: runs, runs, snapshot: await registry.snapshot(names) })
  return { ask, text: registry.text }
}

describe('what processes stand on', () => {
  it('is told of each process, by the services that run there', async () => {
    const here = processOn(
      'here',
      [engineOf('events', 'sqlite', async () => '3.51', true)],
      [poolOf('catalog', 1, 0, 1, 4), poolOf('gateway', 1, 1, 0, 0)],
    )
    const there = processOn('http://there', [engineOf('events', 'kafka', async () => null)])
    const services = [
      ...[recordOf('catalog', 'here'), recordOf('gateway', 'here')],
      ...[recordOf('search', 'http://there'), recordOf('ranking', 'http://gone')],
    ]
    const processes = await engineProcesses(services, (names) => Promise.all([here.ask(names), there.ask(names)]))
    expect(processes).toEqual([
      {
        ...{ services: ['catalog', 'gateway'], runs: 'here', answers: true },
        engines: [{ part: 'events', engine: 'sqlite', isEmbedded: true, version: '3.51', isUp: true }],
        pools: [
          { schema: 'catalog', limit: 1, idle: 0, inUse: 1, waiting: 4 },
          { schema: 'gateway', limit: 1, idle: 1, inUse: 0, waiting: 0 },
        ],
      },
      {
        ...{ services: ['search'], runs: 'http://there', answers: true, pools: [] },
        engines: [{ part: 'events', engine: 'kafka', isEmbedded: false, version: null, isUp: true }],
      },
      { services: ['ranking'], runs: 'http://gone', answers: false, engines: [], pools: [] },
    ])
  })

  it('is away when it fails or is silent, keeps the version that it told, and is asked again only once it has spoken', async () => {
    const looks: (() => Promise<string>)[] = [
      async () => '18.1',
      () => Promise.reject(new Error('it is gone')),
      () => never,
    ]
    let asked = 0
    const postgresql = engineOf('database', 'postgresql', () => looks[asked++]!())
    const { ask } = processOn('here', [postgresql])
    const seen = async () => {
      const [process] = await engineProcesses([recordOf('catalog', 'here')], async (names) => [await ask(names)])
      return process!.engines.map(({ version, isUp }) => ({ version, isUp }))
    }
    expect(await seen()).toEqual([{ version: '18.1', isUp: true }])
    for (const _ of [1, 2, 3]) expect(await seen()).toEqual([{ version: '18.1', isUp: false }])
    expect(asked).toBe(3)
  })

  it('is not asked by who wants other metrics', async () => {
    let asked = 0
    const { ask, text } = processOn('here', [engineOf('index', 'opensearch', async () => `${++asked}`)])
    await ask(['eip_consumer_lag'])
    expect(asked).toBe(0)
    expect(await text()).toContain('eip_engine_up{part="index",engine="opensearch",place="server",version="1"} 1')
  })
})
