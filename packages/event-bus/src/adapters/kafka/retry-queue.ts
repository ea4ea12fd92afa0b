import type { Position } from '@eip/contracts'
import type { LogSlice } from '../../event-log.port.ts'
import type { Lane } from '../../log/lane.ts'
import type { GroupNotes } from './group-notes.ts'
import type { Retry } from './note-fold.ts'

/** The retried messages of a group, read as the partitions of a log are: by places in their queues. */
export type RetryQueue = ReturnType<typeof retryQueue>

export function retryQueue(notes: GroupNotes, group: string) {
  const waiting = ({ topic, partition }: Pick<Position, 'topic' | 'partition'>): readonly Retry[] =>
    notes.fold.retries(group, topic).filter(({ position }) => position.partition === partition)

  async function read(from: readonly Position[], limit: number, characters: number): Promise<readonly LogSlice[]> {
    let rowsLeft = limit
    let charactersLeft = characters
    const slices: LogSlice[] = []
    for (const place of from) {
      const queue = waiting(place).filter((retry) => retry.place >= place.offset)
      const asked = charactersLeft > 0 ? queue.slice(0, rowsLeft) : []
      const found = await notes.read(asked)
      const bodies = found.map(({ body }) => body)
      rowsLeft -= bodies.length
      for (const body of bodies) charactersLeft -= body.length
      const next = queue[asked.length]?.place ?? (queue.at(-1)?.place ?? place.offset - 1) + 1
      slices.push({ offsets: found.map(({ position }) => position.offset), bodies, next })
    }
    return slices
  }

  /** A queue that has grown is taken when its partition has been read as far as it was at that moment. */
  function lengthen(retries: Lane): void {
    const own = waiting({ topic: retries.topic.name, partition: retries.partition })
    const end = (own.at(-1)?.place ?? -1) + 1
    if (end <= (retries.topic.ends[retries.partition] ?? 0)) return
    retries.topic.ends = retries.topic.ends.with(retries.partition, end)
    if (retries.after !== undefined) retries.after.until = Math.max(0, ...own.map(({ until }) => until))
  }

  return Object.freeze({ waiting, read, lengthen })
}
