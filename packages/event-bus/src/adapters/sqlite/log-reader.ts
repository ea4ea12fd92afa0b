import type { DatabaseSync } from 'node:sqlite'
import type { LogSlice } from '../../event-log.port.ts'
import type { Operations } from './messages.ts'
import type { Stream, Streams } from './streams.ts'

export interface LogReader {
  read(ask: Operations['read']['ask']): readonly LogSlice[]
  positions(ask: Operations['positions']['ask']): readonly number[]
}

export function logReader(database: DatabaseSync, streams: Streams): LogReader {
  const events = database.prepare('SELECT place, body FROM event WHERE place >= ? AND place < ? ORDER BY place LIMIT ?')
  const firstFrom = database.prepare(
    'SELECT place, reached FROM event WHERE place >= ? AND place < ? ORDER BY place LIMIT 1',
  )
  const progress = database.prepare('SELECT next FROM progress WHERE reader = ? AND stream = ?')

  function read({ from, limit, characters }: Operations['read']['ask']): readonly LogSlice[] {
    let rowsLeft = limit
    let charactersLeft = characters
    return from.map(({ topic, partition, offset }) => {
      const stream = streams.of(topic).streams[partition] as Stream
      const slice = { offsets: [] as number[], bodies: [] as string[], next: offset }
      if (rowsLeft <= 0 || charactersLeft <= 0) return slice
      let isComplete = true
      for (const row of events.iterate(stream.base + offset, stream.base + stream.next, rowsLeft)) {
        const body = row.body as string
        slice.offsets.push((row.place as number) - stream.base)
        slice.bodies.push(body)
        rowsLeft -= 1
        charactersLeft -= body.length
        isComplete = rowsLeft > 0 && charactersLeft > 0
        if (!isComplete) break
      }
      slice.next = isComplete ? stream.next : (slice.offsets.at(-1) ?? offset) + 1
      return slice
    })
  }

  /** The first offset whose partition has reached the time; by bisection, O(log offsets) look-ups. */
  function offsetAt(stream: Stream, time: number): number {
    let low = 0
    let high = stream.next
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = firstFrom.get(stream.base + middle, stream.base + high)
      if (row === undefined || (row.reached as number) >= time) high = middle
      else low = (row.place as number) - stream.base + 1
    }
    return low
  }

  return Object.freeze({
    read,
    positions({ topic, of }: Operations['positions']['ask']) {
      return streams.of(topic).streams.map((stream) => {
        if ('time' in of) return offsetAt(stream, of.time)
        return Number(progress.get(of.group, stream.id)?.next ?? 0)
      })
    },
  })
}
