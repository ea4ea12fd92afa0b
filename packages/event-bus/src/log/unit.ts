import type { Position, Topic } from '@eip/contracts'
import type { Delivery, ParkedMessage } from '../event-bus.port.ts'
import type { LogSlice } from '../event-log.port.ts'
import { decode } from './envelope-codec.ts'
import { isOfRetries, type Lane, positionOf } from './lane.ts'

/** A lane in a reader's hands, with what was read of it; `epoch` is that of the moment it was taken. */
export type Taken = Readonly<{ lane: Lane; epoch: number; slice: LogSlice }>

/** A message to set aside: as parked, but for whose and when. */
export type Unfit = Omit<ParkedMessage, 'group' | 'parkedAt'>

/** What one call of `handle` gets, and what cannot be given to it. */
export type Unit = Readonly<{ taken: readonly Taken[]; deliveries: readonly Delivery[]; unfit: readonly Unfit[] }>

export function unitOf(topics: ReadonlyMap<string, Topic>, taken: readonly Taken[]): Unit {
  const deliveries: Delivery[] = []
  const unfit: Unfit[] = []
  for (const { lane, slice } of taken) {
    const topic = topics.get(lane.topic.name) as Topic
    slice.bodies.forEach((body, index) => {
      const position = positionOf(lane, slice.offsets[index])
      const { event, reason } = decode(topic, body)
      if (reason === undefined) {
        deliveries.push(Object.freeze({ position, event, attempt: lane.failed + 1, isRetried: isOfRetries(lane) }))
      } else unfit.push({ position, attempts: 0, reason, body })
    })
  }
  return { taken, deliveries, unfit }
}

/** The unit without its only delivery, which has failed often enough; undefined if it is to be tried again. */
export function givenUp(unit: Unit, maximumAttempts: number, reason: string): Unit | undefined {
  const [delivery, ...others] = unit.deliveries
  if (delivery === undefined || others.length > 0 || delivery.attempt < maximumAttempts) return undefined
  const { position, attempt } = delivery
  return {
    ...unit,
    deliveries: [],
    unfit: [...unit.unfit, { position, attempts: attempt, reason, body: bodyOf(unit, position) }],
  }
}

function bodyOf({ taken }: Unit, { topic, partition, offset }: Position): string {
  const from = taken.find(({ lane }) => lane.topic.name === topic && lane.partition === partition) as Taken
  return from.slice.bodies[from.slice.offsets.indexOf(offset)] as string
}
