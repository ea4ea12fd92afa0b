import type { Position } from '@eip/contracts'
import type { EventLog } from '../event-log.port.ts'
import { endOf, hasMore, type Lane, lane, moveTo, positionOf, retryLane } from './lane.ts'
import type { OpenTopic } from './open-topic.ts'
import type { Reader } from './reader.ts'

type Member = Readonly<{ topics: ReadonlySet<string>; reader: Reader }>

export interface Group {
  /** The topic's lanes, read from the log's committed offsets the first time. */
  join(topic: OpenTopic): Promise<readonly Lane[]>
  enter(member: Member): void
  leave(member: Member): void
  /** Whether a member has read the topic since the group last had none: its lanes then stand where the members' state does. */
  isBegun(topic: string): boolean
  lanesOf(member: Member | undefined): readonly Lane[]
  released(lanes: readonly Lane[]): void
  wake(topic: string): void
  /** Looks for messages of the topic that are to be given again, if the group knows the topic; else `join` will find them. */
  retry(topic: string): Promise<void>
  /** Retried messages of the topic that are not handled yet. The topic was joined. */
  retrying(topic: string): Promise<number>
  /** Moves lanes, running readers included, and stores the offsets. */
  move(moves: readonly Readonly<{ lane: Lane; next: number }>[]): Promise<void>
}

/** The lane of a partition, and that of its retried messages: they go to the same reader, and one after the other. */
type Pair = Readonly<{ lane: Lane; retries: Lane }>

/**
 * The readers of one name, and how far they are. Lanes are dealt out in turn to the members that read their topic; when a
 * member comes or goes they are dealt again, and one that is still held changes hands when it is let go.
 */
export function group(name: string, log: EventLog): Group {
  const joining = new Map<string, Promise<readonly Lane[]>>()
  const pairs: Pair[] = []
  const members: Member[] = []
  const begun = new Set<string>()
  let dealt = new Map<Member, Lane[]>()

  function join(topic: OpenTopic): Promise<readonly Lane[]> {
    const known = joining.get(topic.name)
    if (known !== undefined) return known
    const asked = [log.positions(topic.name, { group: name }), log.parking.queues(name, topic.name)] as const
    const promise = Promise.all(asked).then(([committed, queues]) => {
      const retried = { name: topic.name, kind: topic.kind, ends: queues.map(({ end }) => end) }
      const joined = topic.ends.map((_, partition) => {
        const own = lane(topic, partition, committed[partition] ?? 0)
        return { lane: own, retries: retryLane(own, retried) }
      })
      pairs.push(...joined)
      return joined.map((pair) => pair.lane)
    })
    joining.set(topic.name, promise)
    promise.catch(() => joining.delete(topic.name))
    return promise
  }

  function deal(): void {
    dealt = dealtTo(members, pairs)
    for (const member of members) member.reader.wake()
  }

  const ofTopic = (topic: string) => pairs.filter(({ lane }) => lane.topic.name === topic)
  const { lengthen, waiting } = retryQueues(name, log)
  const wake = (topic: string) => {
    for (const member of members) if (member.topics.has(topic)) member.reader.wake()
  }

  async function retry(topic: string): Promise<void> {
    await joining.get(topic)
    await lengthen(ofTopic(topic))
    wake(topic)
  }

  function released(freed: readonly Lane[]): void {
    for (const [member, own] of dealt) if (freed.some((lane) => own.includes(lane))) member.reader.wake()
  }

  return Object.freeze({
    join,
    enter(member: Member) {
      members.push(member)
      for (const topic of member.topics) begun.add(topic)
      deal()
    },
    leave(member: Member) {
      const index = members.indexOf(member)
      if (index >= 0) members.splice(index, 1)
      if (members.length === 0) begun.clear()
      deal()
    },
    isBegun: (topic: string) => begun.has(topic),
    lanesOf: (member: Member | undefined) => (member && dealt.get(member)) ?? [],
    released,
    wake,
    retry,
    retrying: (topic: string) => waiting(ofTopic(topic)),
    async move(moves: readonly Readonly<{ lane: Lane; next: number }>[]) {
      for (const { lane, next } of moves) moveTo(lane, next)
      const positions: Position[] = moves.map(({ lane, next }) => positionOf(lane, next))
      for (const member of members) member.reader.wake()
      await log.settle(name, { next: positions, retried: [], parked: [] })
    },
  })
}

/** The members' lanes: those of a topic in turn to the members that read it. */
function dealtTo(members: readonly Member[], pairs: readonly Pair[]): Map<Member, Lane[]> {
  const dealt = new Map<Member, Lane[]>(members.map((member) => [member, []]))
  const turns = new Map<string, number>()
  for (const { lane, retries } of pairs) {
    const readers = members.filter((member) => member.topics.has(lane.topic.name))
    const turn = turns.get(lane.topic.name) ?? 0
    turns.set(lane.topic.name, turn + 1)
    const owner = readers[turn % Math.max(1, readers.length)]
    if (owner !== undefined) dealt.get(owner)?.push(lane, retries)
  }
  return dealt
}

/** What the log knows of a group's retried messages, for the lanes of one topic. */
function retryQueues(group: string, { parking }: EventLog) {
  return {
    /** A queue that has grown is taken after all that its partition holds by now. */
    async lengthen(pairs: readonly Pair[]): Promise<void> {
      const queues = pairs[0] === undefined ? [] : await parking.queues(group, pairs[0].lane.topic.name)
      for (const { lane, retries } of pairs) {
        const end = queues[lane.partition]?.end ?? 0
        if (end <= endOf(retries)) continue
        retries.topic.ends = retries.topic.ends.with(retries.partition, end)
        if (retries.after !== undefined) retries.after.until = endOf(lane)
      }
    },
    async waiting(pairs: readonly Pair[]): Promise<number> {
      // Mostly there are none, and nobody need be asked.
      if (pairs[0] === undefined || !pairs.some(({ retries }) => hasMore(retries))) return 0
      const queues = await parking.queues(group, pairs[0].lane.topic.name)
      return queues.reduce((sum, { messages }) => sum + messages, 0)
    },
  }
}
