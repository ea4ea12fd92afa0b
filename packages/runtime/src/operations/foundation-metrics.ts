import { declareMetrics, type MetricsRegistry } from '@eip/telemetry'
import type { Engine, Foundations } from './foundations.ts'

export const foundationMetrics = declareMetrics({
  engineUp: {
    kind: 'gauge',
    name: 'eip_engine_up',
    help: 'Whether what the process stands on answers (1 or 0), by part (events, database, index or files), engine, place (embedded or server) and version.',
    labels: ['part', 'engine', 'place', 'version'],
  },
  databaseConnections: {
    kind: 'gauge',
    name: 'eip_database_connections',
    help: "Open connections to a service's database, by schema and state (idle or in-use).",
    labels: ['schema', 'state'],
  },
  databaseConnectionLimit: {
    kind: 'gauge',
    name: 'eip_database_connection_limit',
    help: "Connections to a service's database that the process opens at most, by schema.",
    labels: ['schema'],
  },
  databaseWaitingCalls: {
    kind: 'gauge',
    name: 'eip_database_waiting_calls',
    help: 'Queries and transactions that wait for a connection, by schema.',
    labels: ['schema'],
  },
})

// Below the time that a scrape waits for a gauge: one that is late is shown as away, and the others as they are.
const patienceMs = 1_000

/** Answers scrapes with what the process stands on, until the answered function is called. */
export function observeFoundations(
  metrics: Pick<MetricsRegistry, 'bind'>,
  { engines, pools }: Foundations,
): () => void {
  const own = metrics.bind(foundationMetrics)
  const lookAt = lookouts()
  const ends = [
    own.engineUp.observe(async (report) => {
      const looks = await Promise.all(engines().map(async (engine) => ({ engine, ...(await lookAt(engine)) })))
      for (const { engine, isUp, version } of looks)
        report(isUp ? 1 : 0, {
          ...{ part: engine.part, engine: engine.engine },
          ...{ place: engine.isEmbedded ? 'embedded' : 'server', version: version ?? '' },
        })
    }),
    own.databaseConnections.observe((report) => {
      for (const { schema, connections } of pools()) {
        const { idle, inUse } = connections()
        report(idle, { schema, state: 'idle' })
        report(inUse, { schema, state: 'in-use' })
      }
    }),
    own.databaseConnectionLimit.observe((report) => {
      for (const { schema, connections } of pools()) report(connections().limit, { schema })
    }),
    own.databaseWaitingCalls.observe((report) => {
      for (const { schema, connections } of pools()) report(connections().waiting, { schema })
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}

type Look = Readonly<{ isUp: boolean; version: string | null }>

/** Looks for a limited time; one that is silent is not asked again before it has answered. It keeps the version that it last told. */
function lookouts(): (engine: Engine) => Promise<Look> {
  const running = new Map<Engine, Promise<boolean>>()
  const versions = new Map<Engine, string | null>()
  async function ask(engine: Engine): Promise<boolean> {
    try {
      versions.set(engine, await engine.look())
      return true
    } catch {
      return false
    }
  }
  return async (engine) => {
    const asked = running.get(engine) ?? ask(engine).finally(() => running.delete(engine))
    running.set(engine, asked)
    const isUp = await Promise.race([asked, lateAfter(patienceMs)])
    return { isUp, version: versions.get(engine) ?? null }
  }
}

const lateAfter = (ms: number): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref()
  })
