import type { LogRow } from '../../event-log.port.ts'
import { partitionOf } from '../../log/partition.ts'
import type { Outgoing } from './appender.ts'
import type { KafkaLog } from './kafka-log.ts'
import { recentIds } from './recent-ids.ts'

/**
 * Appends the rows of a call under the names of the cluster. `partitions` answers for topics that were opened; a key goes
 * where `partitionOf` says, as on every other bus, so that a stored position means the same after a move.
 */
export function kafkaPublishing(log: KafkaLog, partitions: (topic: string) => number) {
  const recent = recentIds(log)
  /** Ids on their way: whoever repeats one of them waits for its answer. */
  const underway = new Map<string, Promise<void>>()

  async function append(topic: string, rows: readonly LogRow[]): Promise<void> {
    const known = await recent.known(topic)
    const repeated = rows.flatMap(({ id }) => underway.get(`${topic} ${id}`) ?? [])
    const fresh = [...new Map(rows.map((row) => [row.id, row])).values()].filter(
      ({ id }) => !known.has(id) && !underway.has(`${topic} ${id}`),
    )
    const sent = log.appender.append(fresh.map((row) => outgoing(topic, row)))
    const keys = fresh.map(({ id }) => `${topic} ${id}`)
    for (const key of keys) underway.set(key, sent)
    try {
      await Promise.all([sent, ...repeated])
      recent.add(
        topic,
        fresh.map(({ id }) => id),
      )
    } catch (error) {
      recent.forget(topic)
      throw error
    } finally {
      for (const key of keys) underway.delete(key)
    }
  }

  const outgoing = (topic: string, { key, body }: LogRow): Outgoing => ({
    topic: log.place.prefix + topic,
    partition: partitionOf(key, partitions(topic)),
    key,
    value: body,
  })

  return Object.freeze({ append })
}
