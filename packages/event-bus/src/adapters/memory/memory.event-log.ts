import type { Position } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import { eventBusFailure } from '../../event-bus.failure.ts'
import type { AppendListener, EventLog, LogRow, LogSlice, Settlement, TopicHead } from '../../event-log.port.ts'
import { partitionOf } from '../../log/partition.ts'
import { positionKey } from '../../position.ts'
import { memoryParkingLot } from './memory.parking-lot.ts'

export type MemoryLogOptions = Readonly<{
  /** Partitions of each topic. Default 8. */
  partitions?: number
  /** A superseded event of a state topic is kept this long. Default 10 minutes. */
  compactAfterMs?: number
  /** An event of a behaviour topic is kept this long. Default 30 days. */
  retainMs?: number
  clock?: Clock
}>

type Stored = Readonly<LogRow & { offset: number; storedAt: number }>
type Partition = { end: number; rows: Stored[] }
type StoredTopic = Readonly<{ kind: TopicHead['kind']; ids: Set<string>; partitions: readonly Partition[] }>

export function memoryLog(options: MemoryLogOptions, appended: AppendListener): EventLog {
  const clock = options.clock ?? systemClock
  const topics = new Map<string, StoredTopic>()
  const committed = new Map<string, number>()
  const stored = (name: string) => topics.get(name) as StoredTopic
  const { parking, settle } = memoryParkingLot((topic) => stored(topic).partitions.length)

  return Object.freeze({
    async openTopic(head: TopicHead) {
      const topic = openTopic(topics.get(head.name), head, options.partitions ?? 8)
      topics.set(head.name, topic)
      return endsOf(topic)
    },
    async append(name: string, rows: readonly LogRow[]) {
      append(stored(name), rows, clock.now())
      appended(name, endsOf(stored(name)))
    },
    async read(from: readonly Position[], limit: number, characters: number) {
      for (const name of new Set(from.map(({ topic }) => topic))) tidy(stored(name), options, clock.now())
      const places = from.map(({ topic, partition, offset }) => {
        return { partition: stored(topic).partitions[partition] as Partition, offset }
      })
      return read(places, limit, characters)
    },
    async positions(name: string, of: Parameters<EventLog['positions']>[1]) {
      return stored(name).partitions.map(({ end, rows }, partition) => {
        if ('group' in of) return committed.get(`${of.group} ${positionKey({ topic: name, partition })}`) ?? 0
        return rows.find((row) => row.recordedAt >= of.time)?.offset ?? end
      })
    },
    async settle(group: string, settlement: Settlement) {
      for (const position of settlement.next) committed.set(`${group} ${positionKey(position)}`, position.offset)
      settle(group, settlement)
    },
    parking,
    async close() {},
  })
}

const endsOf = (topic: StoredTopic): readonly number[] => topic.partitions.map(({ end }) => end)

function openTopic(known: StoredTopic | undefined, { name, kind }: TopicHead, partitions: number): StoredTopic {
  if (known !== undefined && known.kind !== kind) {
    throw eventBusFailure('event-bus.topic-changed', `topic "${name}" is a ${known.kind} topic, not ${kind}`)
  }
  if (known !== undefined) return known
  return { kind, ids: new Set(), partitions: Array.from({ length: partitions }, () => ({ end: 0, rows: [] })) }
}

function append(topic: StoredTopic, rows: readonly LogRow[], now: number): void {
  for (const row of rows) {
    if (topic.ids.has(row.id)) continue
    topic.ids.add(row.id)
    const partition = topic.partitions[partitionOf(row.key, topic.partitions.length)] as Partition
    partition.rows.push({ ...row, offset: partition.end, storedAt: now })
    partition.end += 1
  }
}

function read(
  places: readonly Readonly<{ partition: Partition; offset: number }>[],
  limit: number,
  characters: number,
): readonly LogSlice[] {
  let rowsLeft = limit
  let charactersLeft = characters
  return places.map(({ partition: { end, rows }, offset }) => {
    const found: Stored[] = []
    let index = firstFrom(rows, offset)
    for (; index < rows.length && rowsLeft > 0 && charactersLeft > 0; index += 1) {
      const row = rows[index] as Stored
      found.push(row)
      rowsLeft -= 1
      charactersLeft -= row.body.length
    }
    const next = index === rows.length ? end : (found.at(-1)?.offset ?? offset - 1) + 1
    return { offsets: found.map((row) => row.offset), bodies: found.map((row) => row.body), next }
  })
}

function tidy(
  topic: StoredTopic,
  { compactAfterMs = 600_000, retainMs = 30 * 86_400_000 }: MemoryLogOptions,
  now: number,
) {
  for (const partition of topic.partitions) {
    const before = partition.rows
    const kept = topic.kind === 'state' ? compacted(before, now - compactAfterMs) : unexpired(before, now - retainMs)
    if (kept.length === before.length) continue
    partition.rows = kept
    const keptIds = new Set(kept.map(({ id }) => id))
    for (const { id } of before) if (!keptIds.has(id)) topic.ids.delete(id)
  }
}

const unexpired = (rows: Stored[], oldest: number): Stored[] =>
  rows.some((row) => row.storedAt < oldest) ? rows.filter((row) => row.storedAt >= oldest) : rows

/** Keeps each key's last event and the one of its greatest version, and whatever is too young to go. */
function compacted(rows: Stored[], storedBefore: number): Stored[] {
  const greatest = new Map<string, number>()
  const kept: Stored[] = []
  for (const row of rows.toReversed()) {
    const later = greatest.get(row.key)
    const isSuperseded = later !== undefined && later >= row.version
    if (!isSuperseded) greatest.set(row.key, Math.max(later ?? 0, row.version))
    if (!isSuperseded || row.storedAt > storedBefore) kept.push(row)
  }
  return kept.length === rows.length ? rows : kept.reverse()
}

/** Index of the first row at or after the offset (binary search). */
function firstFrom(rows: readonly Stored[], offset: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as Stored).offset < offset) low = middle + 1
    else high = middle
  }
  return low
}
