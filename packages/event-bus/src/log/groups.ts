import type { Positions, Topic } from '@eip/contracts'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { ReplayFrom } from '../event-bus.port.ts'
import type { EventLog } from '../event-log.port.ts'
import { positionKey } from '../position.ts'
import { type Group, group as openGroup } from './group.ts'
import { endOf, type Lane } from './lane.ts'
import type { OpenTopic } from './open-topic.ts'

export interface Groups {
  of(name: string): Group
  lanesOf(group: Group, topics: readonly Topic[]): Promise<readonly Lane[]>
  wake(topic: string): void
  replay(name: string, topics: readonly Topic[], from: ReplayFrom): Promise<void>
  lag(name: string, topics: readonly Topic[]): Promise<Readonly<Record<string, number>>>
}

/** All groups of this process, by name: a group that nobody reads for has its offsets moved and asked just the same. */
export function groups(log: EventLog, open: (topic: Topic) => Promise<OpenTopic>): Groups {
  const known = new Map<string, Group>()

  function of(name: string): Group {
    const group = known.get(name) ?? openGroup(name, log)
    known.set(name, group)
    return group
  }

  async function lanesOf(group: Group, topics: readonly Topic[]): Promise<readonly Lane[]> {
    const opened = await Promise.all(topics.map(open))
    return (await Promise.all(opened.map(group.join))).flat()
  }

  async function replay(name: string, topics: readonly Topic[], from: ReplayFrom): Promise<void> {
    const group = of(name)
    const lanes = await lanesOf(group, topics)
    return group.move(await movesFor(lanes, from, (topic, time) => log.positions(topic, { time })))
  }

  async function lag(name: string, topics: readonly Topic[]): Promise<Readonly<Record<string, number>>> {
    const group = of(name)
    const lanes = await lanesOf(group, topics)
    const behind = new Map<string, number>()
    for (const topic of topics) behind.set(topic.name, await group.retrying(topic.name))
    for (const lane of lanes) {
      behind.set(lane.topic.name, (behind.get(lane.topic.name) ?? 0) + endOf(lane) - lane.next)
    }
    return Object.freeze(Object.fromEntries(behind))
  }

  const wake = (topic: string) => {
    for (const group of known.values()) group.wake(topic)
  }

  return Object.freeze({ of, lanesOf, wake, replay, lag })
}

/** Where a replay takes each lane; `firstFrom` answers by partition with the first offset from a time on. */
export async function movesFor(
  lanes: readonly Lane[],
  from: ReplayFrom,
  firstFrom: (topic: string, time: number) => Promise<readonly number[]>,
) {
  if (from === 'start') return lanes.map((lane) => ({ lane, next: 0 }))
  if (from === 'end') return lanes.map((lane) => ({ lane, next: endOf(lane) }))
  if ('positions' in from) return movesTo(lanes, from.positions, () => undefined)
  const firsts = new Map<string, readonly number[]>()
  for (const topic of new Set(lanes.map((lane) => lane.topic.name)))
    firsts.set(topic, await firstFrom(topic, from.time))
  return lanes.map((lane) => ({ lane, next: firsts.get(lane.topic.name)?.[lane.partition] ?? 0 }))
}

/** Where each lane goes by these positions; `unnamed` says where one goes that they do not name, or that it stays. */
export function movesTo(lanes: readonly Lane[], positions: Positions, unnamed: () => number | undefined) {
  return lanes.flatMap((lane) => {
    const key = positionKey({ topic: lane.topic.name, partition: lane.partition })
    const next = positions[key] ?? unnamed()
    if (next === undefined) return []
    if (!Number.isSafeInteger(next) || next < 0 || next > endOf(lane)) {
      const message = `position "${key}" is ${next}, but the log holds offsets from 0 to ${endOf(lane)}`
      throw eventBusFailure('event-bus.bad-position', message, { key, next, end: endOf(lane) })
    }
    return [{ lane, next }]
  })
}
