import type { Position } from '@eip/contracts'
import type { ParkedCount, Parking } from '../event-bus.port.ts'
import type { EventLog, TopicCount } from '../event-log.port.ts'
import type { Groups } from './groups.ts'
import { followGroup } from './options.ts'

const listedAtMost = 1_000

/** The parking of a log, and the readers of this process told of what is given to them again. */
export function parking({ parking: lot }: EventLog, groups: Groups): Parking {
  return Object.freeze({
    groups: async () => byGroup(await lot.counts()),
    list: (group: string) => lot.list(group, listedAtMost),
    async retry(name: string, positions: readonly Position[]) {
      const retried = await (name === followGroup ? lot.forget(name, positions) : lot.retry(name, positions))
      const topics = new Set(positions.map(({ topic }) => topic))
      if (name !== followGroup) for (const topic of topics) await groups.of(name).retry(topic)
      return { retried, absent: positions.length - retried }
    },
  })
}

export function byGroup(counts: readonly TopicCount[]): readonly ParkedCount[] {
  const groups = Map.groupBy(counts, ({ group }) => group)
  return [...groups.keys()].sort().map((group) => {
    const own = groups.get(group) ?? []
    const messages = own.reduce((sum, count) => sum + count.messages, 0)
    return Object.freeze({
      group,
      messages,
      topics: Object.fromEntries(own.map((each) => [each.topic, each.messages])),
    })
  })
}
