import type { Envelope, Positions, Topic } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type {
  EventBus,
  Following,
  FollowOptions,
  ReplayFrom,
  SubscribeOptions,
  Subscription,
} from '../event-bus.port.ts'
import type { AppendListener, EventLog } from '../event-log.port.ts'
import { positionKey } from '../position.ts'
import { startFollowing } from './following.ts'
import { type Group, group as openGroup } from './group.ts'
import type { Lane } from './lane.ts'
import type { Observe } from './observation.ts'
import { openTopics } from './open-topic.ts'
import { checkFollow, checkSubscribe } from './options.ts'
import { publisher } from './publisher.ts'
import { startReader } from './reader.ts'

export type LogEventBusOptions = Readonly<{
  openLog(appended: AppendListener): Promise<EventLog>
  clock?: Clock | undefined
  observe?: Observe | undefined
}>

const parkedAtMost = 1_000

/** An event bus over a log: the whole law of the port but durability, which is the log's. */
export async function logEventBus(options: LogEventBusOptions): Promise<EventBus> {
  const clock = options.clock ?? systemClock
  const observe = options.observe ?? (() => undefined)
  const topics = openTopics()
  const groups = new Map<string, Group>()
  const followings = new Set<Following & { wake(topic: string): void }>()
  const subscriptions = new Set<Subscription>()
  let closing: Promise<void> | undefined

  const log = await options.openLog((topic, ends) => {
    topics.appended(topic, ends)
    for (const group of groups.values()) group.wake(topic)
    for (const following of followings) following.wake(topic)
  })
  const open = (topic: Topic) => topics.of(log, topic)
  const writer = publisher(log, open)

  function assertOpen(): void {
    if (closing !== undefined) throw eventBusFailure('event-bus.closed', 'the event bus is closed')
  }

  function groupOf(name: string): Group {
    const known = groups.get(name)
    if (known !== undefined) return known
    const made = openGroup(name, log)
    groups.set(name, made)
    return made
  }

  async function lanesOf(group: Group, wanted: readonly Topic[]): Promise<readonly Lane[]> {
    const opened = await Promise.all(wanted.map(open))
    return (await Promise.all(opened.map(group.join))).flat()
  }

  async function subscribe(asked: SubscribeOptions): Promise<Subscription> {
    assertOpen()
    checkSubscribe(asked)
    const group = groupOf(asked.group)
    const lanes = await lanesOf(group, asked.topics)
    // A partition that the reader's own offsets do not name has given its state nothing yet.
    if (asked.resumeFrom !== undefined) await group.move(movesTo(lanes, asked.resumeFrom, () => 0))
    assertOpen()
    const reader = startReader({
      group: asked.group,
      log,
      topics: new Map(asked.topics.map((topic) => [topic.name, topic])),
      lanes: () => group.lanesOf(member),
      released: group.released,
      handle: asked.handle,
      batchSize: asked.batchSize ?? 500,
      maximumAttempts: asked.maximumAttempts ?? 5,
      retryDelayMs: asked.retryDelayMs ?? 100,
      isCommitting: true,
      clock,
      observe,
    })
    const member = { topics: new Set(asked.topics.map((topic) => topic.name)), reader }
    group.enter(member)
    const subscription: Subscription = Object.freeze({
      async close() {
        group.leave(member)
        await reader.close()
        subscriptions.delete(subscription)
      },
    })
    subscriptions.add(subscription)
    return subscription
  }

  async function follow(asked: FollowOptions): Promise<Following> {
    assertOpen()
    checkFollow(asked)
    const opened = await Promise.all(asked.topics.map(open))
    assertOpen()
    const following = startFollowing({
      ...asked,
      opened,
      log,
      clock,
      observe,
      closed: () => followings.delete(following),
    })
    followings.add(following)
    return following
  }

  async function replay(name: string, wanted: readonly Topic[], from: ReplayFrom): Promise<void> {
    assertOpen()
    const group = groupOf(name)
    const lanes = await lanesOf(group, wanted)
    if (from === 'start') return group.move(lanes.map((lane) => ({ lane, next: 0 })))
    if (from === 'end') return group.move(lanes.map((lane) => ({ lane, next: endOf(lane) })))
    if ('positions' in from) return group.move(movesTo(lanes, from.positions, () => undefined))
    const firsts = new Map<string, readonly number[]>()
    for (const topic of wanted) firsts.set(topic.name, await log.positions(topic.name, { time: from.time }))
    return group.move(lanes.map((lane) => ({ lane, next: firsts.get(lane.topic.name)?.[lane.partition] ?? 0 })))
  }

  async function lag(name: string, wanted: readonly Topic[]): Promise<Readonly<Record<string, number>>> {
    assertOpen()
    const behind: Record<string, number> = Object.fromEntries(wanted.map((topic) => [topic.name, 0]))
    for (const lane of await lanesOf(groupOf(name), wanted)) {
      behind[lane.topic.name] = (behind[lane.topic.name] ?? 0) + endOf(lane) - lane.next
    }
    return Object.freeze(behind)
  }

  async function closeAll(): Promise<void> {
    await Promise.all([...subscriptions, ...followings].map((reading) => reading.close()))
    await writer.settled()
    await log.close()
  }

  return Object.freeze({
    async publish(topic: Topic, events: readonly Envelope[]) {
      assertOpen()
      if (events.length > 0) await writer.publish(topic, events)
    },
    subscribe,
    follow,
    replay,
    lag,
    async parked(group: string) {
      assertOpen()
      return log.parked(group, parkedAtMost)
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  })
}

const endOf = (lane: Lane): number => lane.topic.ends[lane.partition] ?? 0

function movesTo(lanes: readonly Lane[], positions: Positions, unnamed: () => number | undefined) {
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
