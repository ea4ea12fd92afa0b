import type { DatabaseSync } from 'node:sqlite'
import { eventBusFailure } from '../../event-bus.failure.ts'
import type { TopicHead } from '../../event-log.port.ts'

/** One partition of one topic, as the file has it or is about to have it. */
export type Stream = {
  readonly id: number
  /** Place of offset 0. */
  readonly base: number
  next: number
  reached: number
  /** Compaction and expiry have passed everything before this offset. */
  tidied: number
}

export type StoredTopic = Readonly<TopicHead & { id: number; streams: readonly Stream[] }>

const offsetsPerStream = 2 ** 40
/** Places stay whole numbers in JavaScript below this many streams. */
const maximumStreams = 2 ** 13 - 1

export interface Streams {
  open(head: TopicHead): StoredTopic
  of(topic: string): StoredTopic
  all(): Iterable<StoredTopic>
  /** Writes what has changed in memory; part of the caller's transaction. */
  store(stream: Stream): void
}

/** The topics of a file, held in memory: a few hundred numbers. */
export function streams(database: DatabaseSync, partitions: number): Streams {
  const topics = new Map<string, StoredTopic>()
  const update = database.prepare('UPDATE stream SET next = ?, reached = ?, tidied = ? WHERE id = ?')
  const addTopic = database.prepare('INSERT INTO topic (name, kind) VALUES (?, ?)')
  const addStream = database.prepare(
    'INSERT INTO stream (topic, partition, next, reached, tidied) VALUES (?, ?, 0, 0, 0)',
  )

  const rows = database.prepare(
    `SELECT stream.id, next, reached, tidied, topic, name, kind FROM stream JOIN topic ON topic.id = stream.topic
     ORDER BY topic, partition`,
  )
  for (const row of rows.iterate()) {
    const name = String(row.name)
    const kind = row.kind === 'state' ? 'state' : 'behaviour'
    const known = topics.get(name) ?? { id: Number(row.topic), name, kind, streams: [] }
    const stream = streamOf(Number(row.id), Number(row.next), Number(row.reached), Number(row.tidied))
    topics.set(name, { ...known, streams: [...known.streams, stream] })
  }

  function make({ name, kind }: TopicHead): StoredTopic {
    const id = Number(addTopic.run(name, kind).lastInsertRowid)
    const made = Array.from({ length: partitions }, (_, partition) => {
      const stream = Number(addStream.run(id, partition).lastInsertRowid)
      if (stream > maximumStreams) {
        throw eventBusFailure(
          'event-bus.bad-options',
          `topic "${name}": a log has room for ${maximumStreams} partitions`,
        )
      }
      return streamOf(stream, 0, 0, 0)
    })
    return { id, name, kind, streams: made }
  }

  function open(head: TopicHead): StoredTopic {
    const known = topics.get(head.name)
    if (known?.kind === head.kind) return known
    if (known !== undefined) {
      const message = `topic "${head.name}" is a ${known.kind} topic, not ${head.kind}`
      throw eventBusFailure('event-bus.topic-changed', message)
    }
    const topic = inTransaction(database, () => make(head))
    topics.set(head.name, topic)
    return topic
  }

  return Object.freeze({
    open,
    of: (topic: string) => topics.get(topic) as StoredTopic,
    all: () => topics.values(),
    store: (stream: Stream) => void update.run(stream.next, stream.reached, stream.tidied, stream.id),
  })
}

const streamOf = (id: number, next: number, reached: number, tidied: number): Stream => ({
  id,
  base: id * offsetsPerStream,
  next,
  reached,
  tidied,
})

/** All of the work or none of it. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
