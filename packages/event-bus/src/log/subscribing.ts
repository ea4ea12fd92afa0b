import type { Clock } from '@eip/kernel'
import type { SubscribeOptions, Subscription } from '../event-bus.port.ts'
import type { EventLog } from '../event-log.port.ts'
import type { Shell } from './bus-shell.ts'
import { type Groups, movesTo } from './groups.ts'
import type { Observe } from './observation.ts'
import { readingOf } from './options.ts'
import { startReader } from './reader.ts'

export type SubscribingOptions = SubscribeOptions &
  Readonly<{
    groups: Groups
    log: EventLog
    clock: Clock
    observe: Observe
    shell: Shell
  }>

/** A reader that is a member of its group until it is closed. */
export async function startSubscription(options: SubscribingOptions): Promise<Subscription> {
  const { groups, resumeFrom } = options
  const group = groups.of(options.group)
  const lanes = await groups.lanesOf(group, options.topics)
  if (resumeFrom !== undefined) {
    // A partition that the reader's own offsets do not name has given its state nothing yet.
    const moves = movesTo(lanes, resumeFrom, () => 0)
    // Others have handled more since those offsets were read.
    await group.move(moves.filter(({ lane }) => !group.isBegun(lane.topic.name)))
  }
  options.shell.assertOpen()
  const reading = readingOf(options)
  const reader = startReader({
    ...reading,
    log: options.log,
    lanes: () => group.lanesOf(member),
    released: group.released,
    clock: options.clock,
    observe: options.observe,
  })
  const member = { topics: new Set(reading.topics.keys()), reader }
  group.enter(member)
  return options.shell.keep({
    async close() {
      group.leave(member)
      await reader.close()
    },
  })
}
