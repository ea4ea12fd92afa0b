import type { DatabaseSync } from 'node:sqlite'
import { partitionOf } from '../../log/partition.ts'
import type { Operations } from './messages.ts'
import { inTransaction, type Stream, type Streams } from './streams.ts'

export type AppendCall = Operations['append']['ask']
export type SettleCall = Operations['settle']['ask']
export type Write = Readonly<{ append: AppendCall } | { settle: SettleCall }>

/** Answers with the function that writes what several callers asked, in one transaction; the file is forced if it holds events. */
export function logWriter(database: DatabaseSync, streams: Streams): (writes: readonly Write[]) => void {
  const addEvent = database.prepare(
    `INSERT INTO event (place, topic, stored_at, reached, version, id, key, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (topic, id) DO NOTHING`,
  )
  const setProgress = database.prepare('INSERT OR REPLACE INTO progress (reader, stream, next) VALUES (?, ?, ?)')
  const addParked = database.prepare(
    `INSERT OR REPLACE INTO parked (reader, topic, partition, offset, attempts, reason, parked_at, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  const passRetries = database.prepare('DELETE FROM retry WHERE reader = ? AND topic = ? AND partition = ? AND id < ?')

  function append({ topic: name, now, rows }: AppendCall, touched: Map<Stream, Stream>): void {
    const topic = streams.of(name)
    for (let index = 0; index < rows.ids.length; index += 1) {
      const key = rows.keys[index] as string
      const stream = topic.streams[partitionOf(key, topic.streams.length)] as Stream
      if (!touched.has(stream)) touched.set(stream, { ...stream })
      const reached = Math.max(stream.reached, rows.recordedAt[index] as number)
      const place = stream.base + stream.next
      const id = rows.ids[index] as string
      const version = rows.versions[index] as number
      const { changes } = addEvent.run(place, topic.id, now, reached, version, id, key, rows.bodies[index] as string)
      if (changes === 0) continue
      stream.next += 1
      stream.reached = reached
    }
  }

  function settle({ group, next, retried, parked }: SettleCall): void {
    for (const { topic, partition, offset } of next) {
      setProgress.run(group, (streams.of(topic).streams[partition] as Stream).id, offset)
    }
    for (const { topic, partition, offset } of retried) passRetries.run(group, topic, partition, offset)
    for (const { position, attempts, reason, parkedAt, body } of parked) {
      const { topic, partition, offset } = position
      addParked.run(group, topic, partition, offset, attempts, reason, parkedAt, body)
    }
  }

  return (writes) => {
    // Offsets alone are not worth a forced write: lost with the power, they come again, and `kill -9` does not lose them.
    const isForced = writes.some((write) => 'append' in write)
    database.exec(isForced ? 'PRAGMA synchronous = FULL' : 'PRAGMA synchronous = NORMAL')
    const touched = new Map<Stream, Stream>()
    try {
      inTransaction(database, () => {
        for (const write of writes) {
          if ('append' in write) append(write.append, touched)
          else settle(write.settle)
        }
        for (const stream of touched.keys()) streams.store(stream)
      })
    } catch (error) {
      for (const [stream, before] of touched) Object.assign(stream, before)
      throw error
    }
  }
}
