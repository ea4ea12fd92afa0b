import { scan } from './fetching.ts'
import type { KafkaLog } from './kafka-log.ts'
import { persistently } from './persistence.ts'

/** Ids that are remembered of each topic, and how far back a partition is read for those that stand there already. */
const remembered = 10_000
const readBack = 1_000

/**
 * The ids of a topic's latest events, so that one is not appended twice. Kafka knows no such law: these are the ids that this
 * process published and, read once, those at the ends of the partitions. That covers who repeats itself because it did not
 * hear the answer (a relay after a crash, a call that failed half-way), not two processes that publish one event at a time.
 */
export interface RecentIds {
  /** Resolves when the ends of the topic's partitions have been read. */
  known(topic: string): Promise<Set<string>>
  add(topic: string, ids: readonly string[]): void
  /** What the topic holds is uncertain: its ends are read again before the next call. */
  forget(topic: string): void
}

export function recentIds(log: Pick<KafkaLog, 'client' | 'offsets' | 'place'>): RecentIds {
  const reading = new Map<string, Promise<Set<string>>>()
  const latest = new Map<string, Set<string>>()

  async function read(topic: string): Promise<Set<string>> {
    const name = log.place.prefix + topic
    const [starts, ends] = await Promise.all([log.offsets.starts([name]), log.offsets.ends([name])])
    const ids = new Set<string>()
    for (const [partition, end] of (ends.get(name) ?? []).entries()) {
      const offset = Math.max(starts.get(name)?.[partition] ?? 0, end - readBack)
      for await (const rows of scan(log.client, { topic: name, partition, offset }, end)) {
        for (const { value } of rows) ids.add(idIn(value?.toString('utf8') ?? ''))
      }
    }
    latest.set(topic, ids)
    return ids
  }

  function known(topic: string): Promise<Set<string>> {
    const before = reading.get(topic)
    if (before !== undefined) return before
    const promise = persistently(log.client, `the latest events of topic "${topic}"`, () => read(topic))
    reading.set(topic, promise)
    promise.catch(() => reading.delete(topic))
    return promise
  }

  return Object.freeze({
    known,
    add(topic: string, added: readonly string[]) {
      const ids = latest.get(topic)
      if (ids === undefined) return
      for (const id of added) ids.add(id)
      for (const oldest of ids) {
        if (ids.size <= remembered) break
        ids.delete(oldest)
      }
    },
    forget(topic: string) {
      reading.delete(topic)
      latest.delete(topic)
    },
  })
}

function idIn(body: string): string {
  try {
    return (JSON.parse(body) as { id?: string }).id ?? ''
  } catch {
    return ''
  }
}
