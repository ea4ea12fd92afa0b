import type { Following, FollowOptions } from '../../event-bus.port.ts'
import { startFollowing } from '../../log/following.ts'
import { lane } from '../../log/lane.ts'
import { followGroup } from '../../log/options.ts'
import type { KafkaLog } from './kafka-log.ts'
import { notesOf } from './settling.ts'
import { startTail } from './tail.ts'

/** A reader of every partition, without a group: from the start of the log, past the ends that it has now. */
export async function startKafkaFollowing(log: KafkaLog, asked: FollowOptions): Promise<Following> {
  const { notes, offsets, place } = log
  const nameOf = (topic: string) => place.prefix + topic
  const opened = [...(await log.openedNow(asked.topics)).values()]
  const starts = await offsets.starts(opened.map(({ name }) => nameOf(name)))
  const goals = opened.flatMap(({ ends }) => ends)
  const lanes = opened.flatMap(({ name, kind, ends }) => {
    const own = { name, kind, ends: ends.map(() => 0) }
    return ends.map((_, partition) => lane(own, partition, starts.get(nameOf(name))?.[partition] ?? 0))
  })
  const tail = startTail({
    client: log.newClient(),
    nameOf,
    rangeOf: (topic, partition) => log.rangeOf(nameOf(topic), partition),
    grown: () => {
      for (const { name } of opened) following.wake(name)
    },
    failed: (reason) => log.observe({ kind: 'log-failed', group: followGroup, reason }),
  })
  const following = startFollowing({
    ...asked,
    lanes,
    goals,
    log: {
      read: async (from, limit, characters) => tail.read(from, limit, characters),
      settle: (_, settlement) => notes.write(notesOf(notes, followGroup, settlement)),
      parking: { read: async () => [] },
    },
    clock: log.clock,
    observe: log.observe,
  })
  tail.set(lanes)
  const close = async () => {
    await following.close()
    await tail.close()
  }
  return { caughtUp: following.caughtUp, close }
}
