import type { Topic } from '@eip/contracts'
import { type Clock, systemClock } from '@eip/kernel'
import type { EventBus, FollowOptions, SubscribeOptions } from '../event-bus.port.ts'
import type { AppendListener, EventLog } from '../event-log.port.ts'
import { inShell, type Shell } from './bus-shell.ts'
import { startFollowing } from './following.ts'
import { groups as openGroups } from './groups.ts'
import { endOf, lane } from './lane.ts'
import type { Observe } from './observation.ts'
import { openTopics } from './open-topic.ts'
import { parking } from './parking.ts'
import { publisher } from './publisher.ts'
import { startSubscription } from './subscribing.ts'

export type LogEventBusOptions = Readonly<{
  openLog(appended: AppendListener): Promise<EventLog>
  clock?: Clock | undefined
  observe?: Observe | undefined
}>

/** An event bus over a log that one process has: the whole law of the port but durability, which is the log's. */
export async function logEventBus(options: LogEventBusOptions): Promise<EventBus> {
  const { clock = systemClock, observe = () => undefined } = options
  const topics = openTopics()
  const wakers = new Set<(topic: string) => void>()
  const log = await options.openLog((topic, ends) => {
    topics.appended(topic, ends)
    for (const wake of wakers) wake(topic)
  })
  const open = (topic: Topic) => topics.of(log, topic)
  const writer = publisher(log, open)
  const groups = openGroups(log, open)
  wakers.add(groups.wake)

  const subscribeIn = (shell: Shell) => (asked: SubscribeOptions) =>
    startSubscription({ ...asked, groups, log, clock, observe, shell })

  const followIn = (shell: Shell) => async (asked: FollowOptions) => {
    const opened = await Promise.all(asked.topics.map(open))
    shell.assertOpen()
    const lanes = opened.flatMap((topic) => topic.ends.map((_, partition) => lane(topic, partition, 0)))
    const following = startFollowing({ ...asked, lanes, goals: lanes.map(endOf), log, clock, observe })
    wakers.add(following.wake)
    const close = async () => {
      wakers.delete(following.wake)
      await following.close()
    }
    return shell.keep({ caughtUp: following.caughtUp, close })
  }

  return inShell((shell) => ({
    publish: writer.publish,
    published: writer.settled,
    subscribe: subscribeIn(shell),
    follow: followIn(shell),
    replay: groups.replay,
    lag: groups.lag,
    parking: parking(log, groups),
    close: log.close,
  }))
}
