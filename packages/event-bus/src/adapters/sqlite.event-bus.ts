import { type Clock, systemClock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { EventBus } from '../event-bus.port.ts'
import { logEventBus } from '../log/log-event-bus.ts'
import type { Observe } from '../log/observation.ts'
import { logClient } from './sqlite/log-client.ts'

export type SqliteEventBusOptions = Readonly<{
  /** The log's file; its folder is made if it is not there. One process at a time has it. */
  file: string
  /** Partitions of topics that are made from now on, 1 to 64. Default 8. */
  partitions?: number
  /** A superseded event of a state topic is kept at least this long, for readers that want every change. Default 10 minutes. */
  compactAfterMs?: number
  /** An event of a behaviour topic is removed this long after it was stored. Default 30 days. */
  retainMs?: number
  /** How often compaction and expiry look for work. Default one second. */
  tidyEveryMs?: number
  clock?: Clock
  observe?: Observe
}>

/**
 * The embedded bus: a durable log in one SQLite file, written and read by a thread of its own. What `publish` acknowledged
 * is on the disk. Fails with `event-bus.in-use`, `event-bus.newer-format` or `event-bus.not-a-log`.
 */
export async function sqliteEventBus(options: SqliteEventBusOptions): Promise<EventBus> {
  const { file, partitions = 8, clock = systemClock, observe = () => undefined } = options
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 64) {
    throw eventBusFailure(
      'event-bus.bad-options',
      `option "partitions" is a whole number from 1 to 64, not ${partitions}`,
    )
  }
  const { compactAfterMs = 600_000, retainMs = 30 * 86_400_000, tidyEveryMs = 1_000 } = options
  const start = { file, partitions, compactAfterMs, retainMs }
  return logEventBus({
    openLog: (appended) => logClient({ start, tidyEveryMs, clock, appended, observe }),
    clock,
    observe,
  })
}
