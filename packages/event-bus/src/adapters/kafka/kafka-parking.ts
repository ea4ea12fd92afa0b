import type { Position } from '@eip/contracts'
import type { Parking } from '../../event-bus.port.ts'
import { followGroup } from '../../log/options.ts'
import { byGroup } from '../../log/parking.ts'
import { positionKey } from '../../position.ts'
import type { KafkaLog } from './kafka-log.ts'

const listedAtMost = 1_000

/** The parking of all groups, from the notes. Calls of this process take turns, so that asking twice gives once. */
export function kafkaParking({ notes, offsets, place }: KafkaLog): Parking {
  let turn: Promise<unknown> = Promise.resolve()

  async function retryInTurn(group: string, positions: readonly Position[]) {
    await notes.upToDate()
    const different = new Map(positions.map((position) => [`${positionKey(position)}/${position.offset}`, position]))
    const found = [...different.values()].filter((position) => notes.fold.isParked(group, position))
    const ends = await offsets.ends([...new Set(found.map(({ topic }) => place.prefix + topic))])
    const untilOf = ({ topic, partition }: Position) => ends.get(place.prefix + topic)?.[partition] ?? 0
    await notes.write(
      found.map((position) =>
        group === followGroup
          ? { kind: 'parked', group, position }
          : { kind: 'retry', group, position, value: { until: untilOf(position) } },
      ),
    )
    await notes.upToDate()
    return { retried: found.length, absent: positions.length - found.length }
  }

  return Object.freeze({
    async groups() {
      await notes.upToDate()
      return byGroup(notes.fold.counts())
    },
    list: (group: string) => notes.list(group, listedAtMost),
    retry(group: string, positions: readonly Position[]) {
      const answer = turn.then(() => retryInTurn(group, positions))
      turn = answer.catch(() => undefined)
      return answer
    },
  })
}
