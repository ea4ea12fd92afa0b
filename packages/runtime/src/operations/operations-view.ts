import type { Overview, ParkedRecord, ServiceRecord, TopicRecord } from '@eip/contracts'
import type { EventBus, ParkedMessage } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { MetricsRegistry } from '@eip/telemetry'
import type { ServiceDefinition } from '../service.ts'
import { metricHistory } from './metric-history.ts'
import { topicRecords } from './topic-records.ts'

export type OperationsViewOptions = Readonly<{
  /** What `Host.describe` answers. */
  services: () => Readonly<{ services: readonly ServiceRecord[] }>
  bus: Pick<EventBus, 'lag' | 'parking'>
  /** Whose topics are shown. */
  definitions: readonly ServiceDefinition[]
  metrics: Pick<MetricsRegistry, 'snapshot'>
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
  /** The newest thousand of each group, oldest first. */
  parked(): Promise<readonly ParkedRecord[]>
  retry(messages: readonly ParkedPlace[]): Promise<{ retried: number; absent: number }>
  /** Ends the sampling. */
  close(): void
}>

const shownCharacters = 20_000

/**
 * The operator's view of this process and of what it stands on. It asks four things: what the host says of its services, the bus,
 * a snapshot of metrics and two questions to the serving view. Each may one day be answered by other processes, over `/services`
 * and `/metrics`; nothing here asks where a service runs.
 */
export function operationsView(options: OperationsViewOptions): OperationsView {
  const { bus, metrics, clock, intervalSeconds = 5 } = options
  const history = metricHistory(metrics, clock, intervalSeconds)
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
    services: async () => options.services().services,
    topics: () => topicRecords(options),
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
    close: closeSampling,
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
