import type { EngineProcess, Overview, ParkedRecord, ServiceRecord, TopicRecord } from '@eip/contracts'
import type { EventBus, ParkedMessage } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { MetricsRegistry } from '@eip/telemetry'
import type { ServiceDefinition } from '../service.ts'
import { engineProcesses } from './engine-records.ts'
import { observeFoundations } from './foundation-metrics.ts'
import type { Foundations } from './foundations.ts'
import { metricHistory } from './metric-history.ts'
import { platformMetrics, withReadiness } from './other-processes.ts'
import { topicRecords } from './topic-records.ts'

export type OperationsViewOptions = Readonly<{
  /** What `Host.describe` answers. */
  services: () => Readonly<{ services: readonly ServiceRecord[] }>
  bus: Pick<EventBus, 'lag' | 'parking'>
  /** Whose topics are shown. */
  definitions: readonly ServiceDefinition[]
  metrics: Pick<MetricsRegistry, 'snapshot' | 'bind'>
  /** What this process stands on. */
  foundations: Foundations
  /** Where the services answer that run in other processes: their pages are asked too. Default: there are none. */
  addresses?: Readonly<Record<string, URL>>
  versions: () => Promise<Overview['versions']>
  /** Products that can be found. */
  documents: () => Promise<number>
  clock: Clock
  /** Length of one point of the overview. Default 5. */
  intervalSeconds?: number
  /** Told when the metrics cannot be read: that point is left out. */
  failed?: (error: unknown) => void
}>

type ParkedPlace = Readonly<Pick<ParkedRecord, 'group' | 'topic' | 'partition' | 'offset'>>

/** How the platform is doing, for those who run it. */
export type OperationsView = Readonly<{
  /** Points come one interval after the other, from the creation of the view on. */
  overview(): Promise<Overview>
  services(): Promise<readonly ServiceRecord[]>
  topics(): Promise<readonly TopicRecord[]>
  /** What every process of the platform stands on. */
  engines(): Promise<readonly EngineProcess[]>
  /** The newest thousand of each group, oldest first. */
  parked(): Promise<readonly ParkedRecord[]>
  retry(messages: readonly ParkedPlace[]): Promise<{ retried: number; absent: number }>
  /** Ends the sampling. */
  close(): void
}>

const shownCharacters = 20_000

/**
 * The operator's view of the platform and of what it stands on. It asks four things: what the host says of its services, the bus,
 * metrics and two questions to the serving view; of services in other processes, their `/ready` and `/metrics`.
 */
export function operationsView(options: OperationsViewOptions): OperationsView {
  const { bus, clock, intervalSeconds = 5, addresses = {} } = options
  const metrics = platformMetrics(options.metrics, addresses, options.failed)
  const history = metricHistory(metrics, clock, intervalSeconds)
  const endObservation = observeFoundations(options.metrics, options.foundations)
  const closeSampling = everySoOften(history.sample, intervalSeconds, options.failed)
  return Object.freeze({
    async overview() {
      const [documents, versions, groups] = await Promise.all([
        options.documents(),
        options.versions(),
        bus.parking.groups(),
      ])
      const parked = groups.reduce((sum, { messages }) => sum + messages, 0)
      return { intervalSeconds, points: history.points(), documents, parked, versions }
    },
    services: () => withReadiness(options.services().services, addresses),
    topics: () => topicRecords({ ...options, metrics }),
    engines: () => engineProcesses(options.services().services, metrics),
    async parked() {
      const groups = await bus.parking.groups()
      return (await Promise.all(groups.map(({ group }) => bus.parking.list(group)))).flat().map(recordOf)
    },
    async retry(messages: readonly ParkedPlace[]) {
      const answer = { retried: 0, absent: 0 }
      for (const [group, places] of Map.groupBy(messages, (message) => message.group)) {
        const { retried, absent } = await bus.parking.retry(group, places)
        answer.retried += retried
        answer.absent += absent
      }
      return answer
    },
    close() {
      endObservation()
      closeSampling()
    },
  })
}

const recordOf = ({ group, position, attempts, reason, parkedAt, body }: ParkedMessage): ParkedRecord => ({
  group,
  ...position,
  attempts,
  reason,
  parkedAt: new Date(parkedAt).toISOString(),
  body: body.slice(0, shownCharacters),
})

/** Does it now and at every interval, never twice at once, until the answered function is called; keeps no process alive. */
function everySoOften(work: () => Promise<void>, seconds: number, failed: (error: unknown) => void = () => {}) {
  let isRunning = false
  const once = () => {
    if (isRunning) return
    isRunning = true
    work()
      .catch(failed)
      .finally(() => {
        isRunning = false
      })
  }
  once()
  const timer = setInterval(once, seconds * 1_000)
  timer.unref()
  return () => clearInterval(timer)
}
