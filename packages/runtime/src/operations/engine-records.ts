import type { EngineProcess, ServiceRecord } from '@eip/contracts'
import type { MetricSnapshot, SeriesValue } from '@eip/telemetry'
import { foundationMetrics } from './foundation-metrics.ts'
import type { PlatformMetrics } from './metric-history.ts'

const { engineUp, databaseConnections, databaseConnectionLimit, databaseWaitingCalls } = foundationMetrics
const names = [engineUp, databaseConnections, databaseConnectionLimit, databaseWaitingCalls].map(({ name }) => name)

/** What each process says that it stands on. Of several that answer at one address, the one that answered this time. */
export async function engineProcesses(
  services: readonly ServiceRecord[],
  metrics: PlatformMetrics,
): Promise<readonly EngineProcess[]> {
  const processes = await metrics(names)
  return [...Map.groupBy(services, ({ runs }) => runs)].map(([runs, own]) => {
    const snapshot = processes.find((each) => each.runs === runs)?.snapshot
    return {
      ...{ services: own.map(({ name }) => name), runs, answers: snapshot !== undefined },
      engines: snapshot === undefined ? [] : enginesOf(snapshot),
      pools: snapshot === undefined ? [] : poolsOf(snapshot),
    }
  })
}

const enginesOf = (snapshot: MetricSnapshot): EngineProcess['engines'] =>
  snapshot.values(engineUp.name).map(({ labels, value }) => ({
    part: labels.part as EngineProcess['engines'][number]['part'],
    engine: labels.engine ?? '',
    isEmbedded: labels.place === 'embedded',
    version: labels.version || null,
    isUp: value === 1,
  }))

function poolsOf(snapshot: MetricSnapshot): EngineProcess['pools'] {
  const find = (name: string, wanted: SeriesValue['labels']) =>
    snapshot.values(name).find(({ labels }) => Object.entries(wanted).every(([label, text]) => labels[label] === text))
      ?.value ?? 0
  return snapshot.values(databaseConnectionLimit.name).map(({ labels: { schema = '' }, value: limit }) => ({
    ...{ schema, limit, waiting: find(databaseWaitingCalls.name, { schema }) },
    idle: find(databaseConnections.name, { schema, state: 'idle' }),
    inUse: find(databaseConnections.name, { schema, state: 'in-use' }),
  }))
}
