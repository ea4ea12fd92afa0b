import type { Position } from '@eip/contracts'
import { type Lane, lane, moveTo, retryLane } from '../../log/lane.ts'
import type { OpenTopic } from '../../log/open-topic.ts'
import { positionKey } from '../../position.ts'
import { type Begin, type BeginningsOptions, beginnings } from './beginnings.ts'
import type { TopicPartitions } from './dealing.ts'
import type { CommitOffset } from './group-protocol.ts'
import { persistently } from './persistence.ts'
import type { RetryQueue } from './retry-queue.ts'
import type { Tail } from './tail.ts'

export type PartitionLanesOptions = BeginningsOptions &
  Readonly<{
    topics: ReadonlyMap<string, OpenTopic>
    tail: Tail
    queue: RetryQueue
    commit(offsets: readonly CommitOffset[]): Promise<void>
  }>

/** The lanes of the partitions that are a member's now. */
export interface PartitionLanes {
  all(): readonly Lane[]
  assign(parts: readonly TopicPartitions[], life: string): Promise<void>
  /** Takes no more of them; `release` forgets what was read ahead. */
  withdraw(): void
  release(): void
  /** As `withdraw` and `release`, and what is still worked on must not move anything any more. */
  giveUp(): void
  /** Looks at the notes of the group: retried messages, and replays that are for its members to do. */
  look(): Promise<void>
}

/** The lane of a partition, and that of its retried messages. */
type Pair = Readonly<{ key: string; lane: Lane; retries: Lane }>

export function partitionLanes(options: PartitionLanesOptions): PartitionLanes {
  const { log, group, tail, queue } = options
  const { notes, place } = log
  const replayed = new Set<number>()
  let pairs: readonly Pair[] = []

  function pairOf(key: string, topic: OpenTopic, partition: number, next: number): Pair {
    // Somebody may have added partitions since the topic was opened.
    while (topic.ends.length <= partition) topic.ends = [...topic.ends, 0]
    const own = lane(topic, partition, next)
    const retries = retryLane(own, { name: topic.name, kind: topic.kind, ends: topic.ends.map(() => 0) })
    return { key, lane: own, retries }
  }

  async function assign(parts: readonly TopicPartitions[], life: string): Promise<void> {
    await notes.upToDate()
    const begins = await beginnings(options, parts, life)
    pairs = parts.flatMap(({ topic, partitions }) => {
      const own = options.topics.get(topic.slice(place.prefix.length)) as OpenTopic
      return partitions.map((partition) => {
        const key = positionKey({ topic: own.name, partition })
        return pairOf(key, own, partition, (begins.get(key) as Begin).next)
      })
    })
    tail.set(pairs.map(({ lane }) => lane))
    // From now on they are the group's, for everybody who comes into this life.
    const first = pairs.filter(({ key }) => begins.get(key)?.isFirst)
    await options.commit(first.map(({ lane }) => offsetOf(lane)))
    await look()
  }

  const offsetOf = ({ topic, partition, next }: Lane): CommitOffset => {
    return { topic: place.prefix + topic.name, partition, offset: next }
  }

  async function look(): Promise<void> {
    for (const { retries } of pairs) queue.lengthen(retries)
    for (const { position, at } of notes.fold.replays(group)) {
      const pair = pairs.find(({ key }) => key === positionKey(position))
      if (pair === undefined || replayed.has(at)) continue
      replayed.add(at)
      moveTo(pair.lane, position.offset)
      tail.moved(pair.lane)
      await done(pair, position).catch((error: unknown) => {
        replayed.delete(at)
        throw error
      })
    }
  }

  /** The note goes when the group's offset says the same. If the partition has gone meanwhile, its next member finds the note. */
  async function done(pair: Pair, position: Position): Promise<void> {
    const offset = offsetOf(pair.lane)
    await persistently(log.client, `offsets of group "${group}"`, async () => {
      if (pairs.includes(pair)) await options.commit([offset])
    })
    if (pairs.includes(pair)) await notes.write([{ kind: 'replay', group, position }])
  }

  function withdraw(): void {
    pairs = []
    replayed.clear()
  }

  function giveUp(): void {
    for (const { lane, retries } of pairs) {
      lane.epoch += 1
      retries.epoch += 1
    }
    withdraw()
    tail.set([])
  }

  return Object.freeze({
    all: () => pairs.flatMap(({ lane, retries }) => [lane, retries]),
    assign,
    withdraw,
    release: () => tail.set([]),
    giveUp,
    look,
  })
}
