import { setTimeout as wait } from 'node:timers/promises'
import type { Topic } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import { databaseFailure } from './failure.ts'
import type { OutboxEntries, OutboxEntry } from './outbox.port.ts'

/** A round of the relay that failed; it is tried again after `retryInMs`, or at the next start when that is null. */
export type RelayTrouble = Readonly<{ error: unknown; attempts: number; retryInMs: number | null }>

export type OutboxRelayOptions = Readonly<{
  outbox: OutboxEntries
  bus: Pick<EventBus, 'publish'>
  /** Every topic that the outbox is given. */
  topics: readonly Topic[]
  onTrouble: (trouble: RelayTrouble) => void
  /** Events in one publish, at most. Default 1,000. */
  batchSize?: number
  /** First wait after a failure, in milliseconds; it doubles up to `maximumRetryDelayMs`. Default 100 and 10,000. */
  retryDelayMs?: number
  maximumRetryDelayMs?: number
}>

export interface OutboxRelay {
  start(): void
  /** Events that are stored and not yet known to be on the bus. */
  pending(): Promise<number>
  /** Publishes what is left and stops. If the bus fails meanwhile, the rest stays for the next start. */
  close(): Promise<void>
}

/** The entries at the front that are of one topic: order holds within a topic, and a publish is of one. */
const firstRun = (entries: readonly OutboxEntry[]): readonly OutboxEntry[] => {
  const end = entries.findIndex((entry) => entry.topic !== entries[0]!.topic)
  return end === -1 ? entries : entries.slice(0, end)
}

/**
 * Carries events from the outbox to the bus in order of commit, as soon as they are committed.
 *
 *     commit ──wake──▶ next ──▶ publish ──▶ removeThrough ──▶ next … until empty
 *                       ▲           └─fails─▶ wait, twice as long each time ─┐
 *                       └────────────────────────────────────────────────────┘
 *
 * A crash between publish and removal publishes again: the bus knows the event ids and appends none twice.
 * One relay runs per outbox.
 */
export function outboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const { outbox, bus, onTrouble, batchSize = 1_000, retryDelayMs = 100, maximumRetryDelayMs = 10_000 } = options
  const topics = new Map(options.topics.map((topic) => [topic.name, topic]))
  const closing = new AbortController()
  let running: Promise<void> | null = null
  let isWoken = false
  let stopListening = () => {}

  async function publishNext(): Promise<boolean> {
    const entries = await outbox.next(batchSize)
    if (entries.length === 0) return false
    const run = firstRun(entries)
    const { topic: name } = run[0]!
    const topic = topics.get(name)
    if (!topic) throw databaseFailure('database.unknown-topic', `the outbox holds events of the topic "${name}"`)
    await bus.publish(
      topic,
      run.map((entry) => entry.event),
    )
    await outbox.removeThrough(run.at(-1)!.position)
    return true
  }

  async function retryLater(error: unknown, attempts: number): Promise<boolean> {
    const isLast = closing.signal.aborted
    const retryInMs = Math.min(retryDelayMs * 2 ** (attempts - 1), maximumRetryDelayMs)
    onTrouble({ error, attempts, retryInMs: isLast ? null : retryInMs })
    if (isLast) return false
    // Closing ends the wait: what is left gets one more attempt at once.
    await wait(retryInMs, undefined, { signal: closing.signal }).catch(() => {})
    return true
  }

  async function run(): Promise<void> {
    let attempts = 0
    while (true) {
      isWoken = false
      try {
        const hasPublished = await publishNext()
        attempts = 0
        if (!hasPublished && !isWoken) break
      } catch (error) {
        attempts += 1
        if (!(await retryLater(error, attempts))) break
      }
    }
    // Set in the same turn as the last look at `isWoken`: no wake falls in between.
    running = null
  }

  const wake = () => {
    isWoken = true
    running ??= run()
  }

  return Object.freeze({
    start() {
      stopListening()
      stopListening = outbox.onArrival(wake)
      wake()
    },
    pending: () => outbox.pending(),
    async close() {
      if (closing.signal.aborted) return running ?? undefined
      stopListening()
      closing.abort()
      wake()
      await running
    },
  })
}
