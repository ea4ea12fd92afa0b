import type { Position } from '@eip/contracts'
import type { EventLog } from '../event-log.port.ts'
import { type Lane, lane, moveTo, positionOf } from './lane.ts'
import type { OpenTopic } from './open-topic.ts'
import type { Reader } from './reader.ts'

type Member = Readonly<{ topics: ReadonlySet<string>; reader: Reader }>

export interface Group {
  /** The topic's lanes, read from the log's committed offsets the first time. */
  join(topic: OpenTopic): Promise<readonly Lane[]>
  enter(member: Member): void
  leave(member: Member): void
  lanesOf(member: Member | undefined): readonly Lane[]
  released(lanes: readonly Lane[]): void
  wake(topic: string): void
  /** Moves lanes, running readers included, and stores the offsets. */
  move(moves: readonly Readonly<{ lane: Lane; next: number }>[]): Promise<void>
}

/**
 * The readers of one name, and how far they are. Lanes are dealt out in turn to the members that read their topic; when a
 * member comes or goes they are dealt again, and one that is still held changes hands when it is let go.
 */
export function group(name: string, log: EventLog): Group {
  const joining = new Map<string, Promise<readonly Lane[]>>()
  const lanes: Lane[] = []
  const members: Member[] = []
  let dealt = new Map<Member, Lane[]>()

  function join(topic: OpenTopic): Promise<readonly Lane[]> {
    const known = joining.get(topic.name)
    if (known !== undefined) return known
    const promise = log.positions(topic.name, { group: name }).then((committed) => {
      const joined = topic.ends.map((_, partition) => lane(topic, partition, committed[partition] ?? 0))
      lanes.push(...joined)
      return joined
    })
    joining.set(topic.name, promise)
    promise.catch(() => joining.delete(topic.name))
    return promise
  }

  function deal(): void {
    dealt = new Map(members.map((member) => [member, []]))
    const turns = new Map<string, number>()
    for (const lane of lanes) {
      const readers = members.filter((member) => member.topics.has(lane.topic.name))
      const turn = turns.get(lane.topic.name) ?? 0
      turns.set(lane.topic.name, turn + 1)
      const owner = readers[turn % Math.max(1, readers.length)]
      if (owner !== undefined) dealt.get(owner)?.push(lane)
    }
    for (const member of members) member.reader.wake()
  }

  function released(freed: readonly Lane[]): void {
    for (const [member, own] of dealt) if (freed.some((lane) => own.includes(lane))) member.reader.wake()
  }

  return Object.freeze({
    join,
    enter(member: Member) {
      members.push(member)
      deal()
    },
    leave(member: Member) {
      const index = members.indexOf(member)
      if (index >= 0) members.splice(index, 1)
      deal()
    },
    lanesOf: (member: Member | undefined) => (member && dealt.get(member)) ?? [],
    released,
    wake(topic: string) {
      for (const member of members) if (member.topics.has(topic)) member.reader.wake()
    },
    async move(moves: readonly Readonly<{ lane: Lane; next: number }>[]) {
      for (const { lane, next } of moves) moveTo(lane, next)
      const positions: Position[] = moves.map(({ lane, next }) => positionOf(lane, next))
      for (const member of members) member.reader.wake()
      await log.settle(name, positions, [])
    },
  })
}
