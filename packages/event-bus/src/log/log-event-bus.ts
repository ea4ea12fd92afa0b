import type { Envelope, Topic } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { EventBus, FollowOptions, ReplayFrom, SubscribeOptions, Subscription } from '../event-bus.port.ts'
import type { AppendListener, EventLog } from '../event-log.port.ts'
import { startFollowing } from './following.ts'
import { groups as openGroups } from './groups.ts'
import type { Observe } from './observation.ts'
import { openTopics } from './open-topic.ts'
import { checkFollow, checkSubscribe } from './options.ts'
import { parking } from './parking.ts'
import { publisher } from './publisher.ts'
import { startSubscription } from './subscribing.ts'

export type LogEventBusOptions = Readonly<{
  openLog(appended: AppendListener): Promise<EventLog>
  clock?: Clock | undefined
  observe?: Observe | undefined
}>

/** An event bus over a log: the whole law of the port but durability, which is the log's. */
export async function logEventBus(options: LogEventBusOptions): Promise<EventBus> {
  const { clock = systemClock, observe = () => undefined } = options
  const topics = openTopics()
  const wakers = new Set<(topic: string) => void>()
  const readings = new Set<Subscription>()
  let closing: Promise<void> | undefined

  const log = await options.openLog((topic, ends) => {
    topics.appended(topic, ends)
    for (const wake of wakers) wake(topic)
  })
  const open = (topic: Topic) => topics.of(log, topic)
  const writer = publisher(log, open)
  const groups = openGroups(log, open)
  wakers.add(groups.wake)

  function assertOpen(): void {
    if (closing !== undefined) throw eventBusFailure('event-bus.closed', 'the event bus is closed')
  }

  async function subscribe(asked: SubscribeOptions) {
    checkSubscribe(asked)
    return startSubscription({ ...asked, groups, log, clock, observe, assertOpen, readings })
  }

  async function follow(asked: FollowOptions) {
    checkFollow(asked)
    const opened = await Promise.all(asked.topics.map(open))
    assertOpen()
    const closed = () => {
      wakers.delete(following.wake)
      readings.delete(following)
    }
    const following = startFollowing({ ...asked, opened, log, clock, observe, closed })
    wakers.add(following.wake)
    readings.add(following)
    return following
  }

  async function closeAll(): Promise<void> {
    await Promise.all([...readings].map((reading) => reading.close()))
    await writer.settled()
    await log.close()
  }

  const whileOpen = after(assertOpen)
  const { list, retry, groups: parkedGroups } = parking(log, groups)
  return Object.freeze({
    publish: whileOpen(async (topic: Topic, events: readonly Envelope[]) => {
      if (events.length > 0) await writer.publish(topic, events)
    }),
    subscribe: whileOpen(subscribe),
    follow: whileOpen(follow),
    replay: whileOpen((name: string, topics: readonly Topic[], from: ReplayFrom) => groups.replay(name, topics, from)),
    lag: whileOpen(groups.lag),
    parking: Object.freeze({ groups: whileOpen(parkedGroups), list: whileOpen(list), retry: whileOpen(retry) }),
    close: () => (closing ??= closeAll()),
  })
}

/** Turns a call into one that first asserts. */
const after =
  (assert: () => void) =>
  <Arguments extends unknown[], Answer>(call: (...values: Arguments) => Promise<Answer>) =>
  async (...values: Arguments): Promise<Answer> => {
    assert()
    return call(...values)
  }
