import type { Topic } from '@eip/contracts'
import type { ReplayFrom } from '../../event-bus.port.ts'
import { movesFor } from '../../log/groups.ts'
import { endOf, lane } from '../../log/lane.ts'
import { isAnswer } from './client.ts'
import { scan } from './fetching.ts'
import type { KafkaLog } from './kafka-log.ts'
import { persistently } from './persistence.ts'

/** How far clocks of publishers and brokers may be apart, where a time stands for a place in the log. */
const clockSkewMs = 60_000

/**
 * Moves a group. A group without members has its offsets altered; one with members is left a note, and the member that has
 * the partition moves. Either way it holds for readers that come later.
 */
export async function replayGroup(log: KafkaLog, group: string, topics: readonly Topic[], from: ReplayFrom) {
  const opened = [...(await log.openedNow(topics)).values()]
  const lanes = opened.flatMap((topic) => topic.ends.map((_, partition) => lane(topic, partition, 0)))
  const moves = await movesFor(lanes, from, (topic, time) => firstRecordedFrom(log, topic, time))
  const positions = moves.map(({ lane, next }) => ({ topic: lane.topic.name, partition: lane.partition, offset: next }))
  await log.notes.upToDate()
  if (!(await altered(log, group, positions))) {
    await log.notes.write(
      positions.map((position) => ({ kind: 'replay', group, position, value: { offset: position.offset } })),
    )
  } else {
    const pending = log.notes.fold.replays(group).filter(({ position }) => {
      return positions.some(({ topic, partition }) => topic === position.topic && partition === position.partition)
    })
    await log.notes.write(pending.map(({ position }) => ({ kind: 'replay', group, position })))
  }
  await log.notes.upToDate()
}

type Move = Readonly<{ topic: string; partition: number; offset: number }>

/** False if the group has members: the broker takes offsets from them alone. */
async function altered({ client, place }: KafkaLog, group: string, moves: readonly Move[]): Promise<boolean> {
  const topics = [...Map.groupBy(moves, ({ topic }) => topic)].map(([topic, own]) => ({
    name: place.prefix + topic,
    partitionOffsets: own.map(({ partition, offset }) => ({ partition, offset: BigInt(offset) })),
  }))
  if (topics.length === 0) return true
  return persistently(client, `offsets of group "${group}"`, async () => {
    try {
      await client.admin.alterConsumerGroupOffsets({ groupId: place.prefix + group, topics })
      return true
    } catch (error) {
      const hasMembers = ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'NON_EMPTY_GROUP']
      if (isAnswer(error, ...hasMembers)) return false
      throw error
    }
  })
}

/**
 * By partition, the first event recorded at or after the time. What is recorded is stored a little later, so the search
 * begins where the broker's index has that time, and mostly ends at once; imported history is searched event by event.
 */
async function firstRecordedFrom(log: KafkaLog, topic: string, time: number): Promise<readonly number[]> {
  const name = log.place.prefix + topic
  const [stored, ends] = await Promise.all([
    log.offsets.storedFrom([name], time - clockSkewMs),
    log.offsets.ends([name]),
  ])
  const search = (first: number, partition: number) =>
    persistently(log.client, `topic "${topic}" from a time`, async () => {
      const end = ends.get(name)?.[partition] ?? 0
      for await (const rows of scan(log.client, { topic: name, partition, offset: first }, end)) {
        for (const { offset, value } of rows) if (recordedAtIn(value) >= time) return offset
      }
      return end
    })
  return Promise.all((stored.get(name) ?? []).map(search))
}

/** What cannot be read counts as late: it must not be passed over. */
function recordedAtIn(value: Buffer | null): number {
  try {
    const { recordedAt } = JSON.parse(value?.toString('utf8') ?? '') as { recordedAt?: number }
    return recordedAt ?? Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** Events that the group has not handled, by topic, whoever reads for it and wherever. */
export async function lagOfGroup(log: KafkaLog, group: string, topics: readonly Topic[]) {
  const { place, offsets, notes } = log
  const opened = [...(await log.openedNow(topics)).values()]
  const names = opened.map(({ name }) => place.prefix + name)
  const groupId = place.prefix + group
  const [committed, starts] = await Promise.all([
    offsets.committed(groupId, names),
    offsets.starts(names),
    notes.upToDate(),
  ])
  const behind = opened.map((topic) => {
    const own = topic.ends.map((_, partition) => lane(topic, partition, 0))
    const done = own.map(({ partition }) => {
      const name = place.prefix + topic.name
      const asked = notes.fold
        .replays(group)
        .find(({ position }) => position.topic === topic.name && position.partition === partition)
      const next = asked?.position.offset ?? committed.get(name)?.[partition]?.offset ?? -1
      return Math.max(next, starts.get(name)?.[partition] ?? 0)
    })
    const unread = own.reduce((sum, each, index) => sum + Math.max(0, endOf(each) - (done[index] ?? 0)), 0)
    return [topic.name, unread + notes.fold.retries(group, topic.name).length] as const
  })
  return Object.freeze(Object.fromEntries(behind))
}
