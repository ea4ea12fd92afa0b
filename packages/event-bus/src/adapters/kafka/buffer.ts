import type { LogSlice } from '../../event-log.port.ts'
import type { Lane } from '../../log/lane.ts'
import type { Fetched } from './fetching.ts'

/**
 * What was read ahead of a lane.
 *
 *   offsets   … 41 42 43 44 45 46 47 48 49 50 …
 *                  ↑ from    held     ↑ fetched    ↑ end of the log
 *
 * The lane's topic ends, for its reader, at `fetched`: what is not here yet is nothing to take. Rows stay until the lane
 * has gone on behind them, because a batch that failed is read again.
 */
export interface Buffer {
  readonly lane: Lane
  /** Where the next read goes on. */
  fetched(): number
  /** Of what the lane has not done yet: what is done makes room, or a lane that took all at once would never be read again. */
  characters(): number
  /** The log is known to hold more. */
  hasMoreToCome(): boolean
  add(fetched: Fetched): void
  take(from: number, limit: number, characters: number): LogSlice
  /** Forgets what it holds, and goes on from there. */
  restart(at: number): void
  /** Goes on from there, and keeps what it holds. */
  skipTo(at: number): void
}

export function laneBuffer(lane: Lane): Buffer {
  let offsets: number[] = []
  let bodies: string[] = []
  let from = lane.next
  let fetched = lane.next
  let end = 0
  let held = 0

  function endAt(offset: number): void {
    fetched = offset
    lane.topic.ends = lane.topic.ends.with(lane.partition, offset)
  }

  function restart(at: number): void {
    offsets = []
    bodies = []
    held = 0
    from = at
    endAt(at)
  }

  function dropBefore(offset: number): void {
    const found = offsets.findIndex((each) => each >= offset)
    const count = found < 0 ? offsets.length : found
    for (const body of bodies.splice(0, count)) held -= body.length
    offsets.splice(0, count)
    from = offset
  }

  endAt(lane.next)
  return Object.freeze({
    lane,
    fetched: () => fetched,
    characters() {
      if (lane.next > from && lane.next <= fetched) dropBefore(lane.next)
      return held
    },
    hasMoreToCome: () => fetched < end,
    add(read: Fetched) {
      end = read.end
      for (const { offset, value } of read.rows) {
        const body = value?.toString('utf8') ?? ''
        offsets.push(offset)
        bodies.push(body)
        held += body.length
      }
      endAt(read.next)
    },
    take(at: number, limit: number, characters: number) {
      if (at < from || at > fetched) restart(at)
      if (limit <= 0 || characters <= 0) return { offsets: [], bodies: [], next: at }
      dropBefore(at)
      let left = characters
      let count = 0
      for (; count < offsets.length && count < limit && left > 0; count += 1) left -= bodies[count]?.length ?? 0
      const next = offsets[count] ?? fetched
      return { offsets: offsets.slice(0, count), bodies: bodies.slice(0, count), next }
    },
    restart,
    skipTo: endAt,
  })
}
