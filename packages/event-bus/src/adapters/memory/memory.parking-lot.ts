import type { Position } from '@eip/contracts'
import type { ParkedMessage } from '../../event-bus.port.ts'
import type { LogSlice, ParkingLot, Settlement } from '../../event-log.port.ts'
import { positionKey } from '../../position.ts'

type Waiting = Readonly<{ place: number; offset: number; body: string }>

/** What is parked, and the queues of what is to be given again; `settle` takes the part of a settlement that is theirs. */
export function memoryParkingLot(partitionsOf: (topic: string) => number) {
  const notes = new Map<string, ParkedMessage>()
  const queues = new Map<string, readonly Waiting[]>()
  let places = 0

  const noteKey = (group: string, position: Position) => `${group} ${positionKey(position)}/${position.offset}`
  const queueKey = (group: string, position: Pick<Position, 'topic' | 'partition'>) =>
    `${group} ${positionKey(position)}`
  const queueOf = (group: string, position: Pick<Position, 'topic' | 'partition'>) =>
    queues.get(queueKey(group, position)) ?? []

  /** Takes the notes that are there away. */
  function take(group: string, positions: readonly Position[]): readonly ParkedMessage[] {
    return positions.flatMap((position) => {
      const key = noteKey(group, position)
      const note = notes.get(key)
      notes.delete(key)
      return note === undefined ? [] : [note]
    })
  }

  function settle(group: string, { retried, parked }: Settlement): void {
    for (const done of retried) {
      const left = queueOf(group, done).filter(({ place }) => place >= done.offset)
      queues.set(queueKey(group, done), left)
    }
    for (const message of parked) {
      const key = noteKey(group, message.position)
      // Behind the others, as the newest.
      notes.delete(key)
      notes.set(key, message)
    }
  }

  const parking: ParkingLot = Object.freeze({
    async counts() {
      const all = [...notes.values()].map(({ group, position: { topic } }) => ({ group, topic }))
      const same = Map.groupBy(all, ({ group, topic }) => `${group} ${topic}`)
      return [...same.values()].flatMap(([first, ...others]) =>
        first === undefined ? [] : [{ ...first, messages: others.length + 1 }],
      )
    },
    list: async (group: string, limit: number) =>
      [...notes.values()].filter((message) => message.group === group).slice(-limit),
    async retry(group: string, positions: readonly Position[]) {
      const taken = take(group, positions)
      for (const { position, body } of taken) {
        const waiting = { place: places++, offset: position.offset, body }
        queues.set(queueKey(group, position), [...queueOf(group, position), waiting])
      }
      return taken.length
    },
    forget: async (group: string, positions: readonly Position[]) => take(group, positions).length,
    queues: async (group: string, topic: string) =>
      Array.from({ length: partitionsOf(topic) }, (_, partition) => {
        const queue = queueOf(group, { topic, partition })
        return { messages: queue.length, end: (queue.at(-1)?.place ?? -1) + 1 }
      }),
    async read(group: string, from: readonly Position[], limit: number, characters: number) {
      return readQueues(
        from.map((position) => queueOf(group, position).filter(({ place }) => place >= position.offset)),
        places,
        limit,
        characters,
      )
    },
  })
  return Object.freeze({ parking, settle })
}

function readQueues(
  queues: readonly (readonly Waiting[])[],
  end: number,
  limit: number,
  characters: number,
): readonly LogSlice[] {
  let rowsLeft = limit
  let charactersLeft = characters
  return queues.map((queue) => {
    const found: Waiting[] = []
    for (const waiting of queue) {
      if (rowsLeft <= 0 || charactersLeft <= 0) break
      found.push(waiting)
      rowsLeft -= 1
      charactersLeft -= waiting.body.length
    }
    const left = queue[found.length]
    return {
      offsets: found.map(({ offset }) => offset),
      bodies: found.map(({ body }) => body),
      next: left?.place ?? end,
    }
  })
}
