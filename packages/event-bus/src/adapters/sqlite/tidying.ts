import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, type StoredTopic, type Stream, type Streams } from './streams.ts'

export type TidyingOptions = Readonly<{ compactAfterMs: number; retainMs: number }>

const sliceMs = 5
const rowsBetweenLooks = 64

/**
 * Compaction and expiry, in slices of a few milliseconds. Both walk each partition once, like a reader:
 *
 *    offsets  0 ··· 3 · 5 6 7 8 9 10 11 12          · removed before
 *                         ↑ tidied       ↑ next
 *
 * State: the event at `tidied` drives out those in `kept` that have its key and no greater version, and takes their place;
 * so each event costs one look-up, whatever the log's length, and a late old event drives out nothing.
 * Behaviour: events older than the limit are removed from the front.
 */
export function tidying(database: DatabaseSync, streams: Streams, options: TidyingOptions) {
  const young = database.prepare(
    'SELECT place, stored_at, version, key FROM event WHERE place >= ? AND place < ? ORDER BY place LIMIT ?',
  )
  const keptOf = database.prepare('SELECT offset, version FROM kept WHERE stream = ? AND key = ?')
  const keep = database.prepare('INSERT INTO kept (stream, key, offset, version) VALUES (?, ?, ?, ?)')
  const unkeep = database.prepare('DELETE FROM kept WHERE stream = ? AND key = ? AND offset = ?')
  const remove = database.prepare('DELETE FROM event WHERE place = ?')

  function supersede(stream: Stream, key: string, version: number, offset: number): void {
    for (const kept of keptOf.all(stream.id, key)) {
      if ((kept.version as number) > version) continue
      remove.run(stream.base + (kept.offset as number))
      unkeep.run(stream.id, key, kept.offset as number)
    }
    keep.run(stream.id, key, offset, version)
  }

  /** Moves `tidied` on by some rows; false when nothing more is old enough. */
  function step({ kind }: StoredTopic, stream: Stream, now: number): boolean {
    const storedBy = now - (kind === 'state' ? options.compactAfterMs : options.retainMs)
    const rows = young.all(stream.base + stream.tidied, stream.base + stream.next, rowsBetweenLooks)
    for (const row of rows) {
      if ((row.stored_at as number) > storedBy) return false
      const offset = (row.place as number) - stream.base
      if (kind === 'state') supersede(stream, row.key as string, row.version as number, offset)
      else remove.run(row.place as number)
      stream.tidied = offset + 1
    }
    return rows.length === rowsBetweenLooks
  }

  /** One slice; true while there is more to do. */
  function slice(now: number): boolean {
    const end = performance.now() + sliceMs
    const before = new Map<Stream, number>()
    const work = () => {
      for (const [topic, stream] of untidy(streams)) {
        before.set(stream, stream.tidied)
        while (step(topic, stream, now)) if (performance.now() > end) return true
        if (performance.now() > end) return true
      }
      return false
    }
    try {
      // Lost with the power, a slice is simply done again.
      database.exec('PRAGMA synchronous = NORMAL')
      return inTransaction(database, () => {
        const isMore = work()
        for (const [stream, tidied] of before) if (stream.tidied !== tidied) streams.store(stream)
        return isMore
      })
    } catch (error) {
      for (const [stream, tidied] of before) stream.tidied = tidied
      throw error
    }
  }

  return Object.freeze({ slice })
}

function* untidy(streams: Streams): Generator<readonly [StoredTopic, Stream]> {
  for (const topic of streams.all()) {
    for (const stream of topic.streams) if (stream.tidied < stream.next) yield [topic, stream]
  }
}
