import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Position } from '@eip/contracts'
import type { ParkedMessage } from '../../event-bus.port.ts'
import type { LogSlice } from '../../event-log.port.ts'
import type { Operations } from './messages.ts'
import { inTransaction, type Streams } from './streams.ts'

type Ask<Name extends keyof Operations> = Operations[Name]['ask']

/** What is parked, and the queues of what is to be given again. Each call is a transaction of its own. */
export function parkingLot(database: DatabaseSync, streams: Streams) {
  const counts = database.prepare('SELECT reader, topic, count(*) AS messages FROM parked GROUP BY reader, topic')
  const newest = database.prepare(
    'SELECT * FROM (SELECT * FROM parked WHERE reader = ? ORDER BY id DESC LIMIT ?) ORDER BY id',
  )
  const enqueue = database.prepare(
    `INSERT INTO retry (reader, topic, partition, offset, body) SELECT reader, topic, partition, offset, body FROM parked
     WHERE reader = ? AND topic = ? AND partition = ? AND offset = ?`,
  )
  const remove = database.prepare('DELETE FROM parked WHERE reader = ? AND topic = ? AND partition = ? AND offset = ?')
  const queue = database.prepare(
    'SELECT count(*) AS messages, max(id) AS last FROM retry WHERE reader = ? AND topic = ? AND partition = ?',
  )
  const waiting = database.prepare(
    `SELECT id, offset, body FROM retry WHERE reader = ? AND topic = ? AND partition = ? AND id >= ? ORDER BY id LIMIT ?`,
  )
  const lastPlace = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'retry'")

  /** Does it with each note, and answers how many there were. Unforced: lost with the power, they are still parked. */
  function take(positions: readonly Position[], one: (position: Position) => number): number {
    database.exec('PRAGMA synchronous = NORMAL')
    return inTransaction(database, () => positions.reduce((sum, position) => sum + one(position), 0))
  }
  const removeOne = (group: string, { topic, partition, offset }: Position): number =>
    Number(remove.run(group, topic, partition, offset).changes)

  function read({ group, from, limit, characters }: Ask<'readQueues'>): readonly LogSlice[] {
    let rowsLeft = limit
    let charactersLeft = characters
    const end = Number(lastPlace.get()?.seq ?? 0) + 1
    return from.map(({ topic, partition, offset: place }) => {
      const slice = { offsets: [] as number[], bodies: [] as string[], next: place }
      if (rowsLeft <= 0 || charactersLeft <= 0) return slice
      slice.next = end
      for (const row of waiting.iterate(group, topic, partition, place, rowsLeft)) {
        const body = row.body as string
        slice.offsets.push(row.offset as number)
        slice.bodies.push(body)
        rowsLeft -= 1
        charactersLeft -= body.length
        if (rowsLeft > 0 && charactersLeft > 0) continue
        slice.next = (row.id as number) + 1
        break
      }
      return slice
    })
  }

  return Object.freeze({
    counts: () =>
      counts.all().map(({ reader, topic, messages }) => {
        return { group: String(reader), topic: String(topic), messages: Number(messages) }
      }),
    list: ({ group, limit }: Ask<'parked'>) => newest.all(group, limit).map((row) => parkedOf(group, row)),
    retry: ({ group, positions }: Ask<'retry'>) =>
      take(positions, (position) => {
        const { topic, partition, offset } = position
        enqueue.run(group, topic, partition, offset)
        return removeOne(group, position)
      }),
    forget: ({ group, positions }: Ask<'forget'>) => take(positions, (position) => removeOne(group, position)),
    queues: ({ group, topic }: Ask<'queues'>) =>
      streams.of(topic).streams.map((_, partition) => {
        const row = queue.get(group, topic, partition)
        return { messages: Number(row?.messages ?? 0), end: Number(row?.last ?? -1) + 1 }
      }),
    read,
  })
}

const parkedOf = (group: string, row: Record<string, SQLOutputValue>): ParkedMessage => ({
  group,
  position: { topic: String(row.topic), partition: Number(row.partition), offset: Number(row.offset) },
  attempts: Number(row.attempts),
  reason: String(row.reason),
  parkedAt: Number(row.parked_at),
  body: String(row.body),
})
