import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { eventBusFailure } from '../../event-bus.failure.ts'

/** Raised by every change of the stored format. */
export const formatVersion = 2
/** "EIPB": says in the file's head whose it is. */
const applicationId = 0x45_49_50_42

/**
 * A partition is a range of `event`:  place = stream × 2^40 + offset, so one B-tree holds all of them, each in its order.
 * `event.reached` is the greatest recordedAt of the partition so far: it never falls, so a time is found by bisection.
 * `event.body` comes last: to look at the columns before it, SQLite need not fetch the pages that a long body spills to.
 * `retry` has the messages that were parked and are to be given again; `id` is their place, in one row of places for all queues.
 * `kept` has, of state topics, the events that compaction has passed and left: one for most keys.
 */
const firstSchema = `
  CREATE TABLE topic (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('state', 'behaviour'))
  ) STRICT;
  CREATE TABLE stream (
    id INTEGER PRIMARY KEY, topic INTEGER NOT NULL REFERENCES topic, partition INTEGER NOT NULL,
    next INTEGER NOT NULL, reached INTEGER NOT NULL, tidied INTEGER NOT NULL, UNIQUE (topic, partition)
  ) STRICT;
  CREATE TABLE event (
    place INTEGER PRIMARY KEY, topic INTEGER NOT NULL, stored_at INTEGER NOT NULL, reached INTEGER NOT NULL,
    version INTEGER NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX event_id ON event (topic, id);
  CREATE TABLE kept (
    stream INTEGER NOT NULL, key TEXT NOT NULL, offset INTEGER NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (stream, key, offset)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE progress (
    reader TEXT NOT NULL, stream INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (reader, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE parked (
    id INTEGER PRIMARY KEY, reader TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
    attempts INTEGER NOT NULL, reason TEXT NOT NULL, parked_at INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (reader, topic, partition, offset)
  ) STRICT;
  PRAGMA application_id = ${applicationId};
`

/** What each format adds to the one before it. */
const additions: readonly string[] = [
  firstSchema,
  `CREATE TABLE retry (
    id INTEGER PRIMARY KEY AUTOINCREMENT, reader TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL,
    offset INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX retry_queue ON retry (reader, topic, partition, id);`,
]

/** Opens or makes the file and locks it for this process; the kernel frees the lock however the process ends. */
export function openLogFile(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  try {
    // Before the first read: the write-ahead log's index then lies in this process, and nobody else gets in.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    const version = formatOf(database, file)
    if (version === 0) database.exec('PRAGMA page_size = 8192')
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE')
    for (const addition of additions.slice(version)) database.exec(addition)
    database.exec(`PRAGMA user_version = ${formatVersion}; COMMIT`)
    // 32 MB of pages in memory; 32 MB of log between checkpoints, and no larger file left behind.
    database.exec('PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 33554432')
    return database
  } catch (error) {
    database.close()
    throw toFailure(error, file)
  }
}

/** The format of the file, 0 for one without content; throws for one that is not ours or is of a later format. */
function formatOf(database: DatabaseSync, file: string): number {
  const read = (what: string) => Number(Object.values(database.prepare(what).get() ?? {})[0])
  const [owner, version] = [read('PRAGMA application_id'), read('PRAGMA user_version')]
  const tables = read('SELECT count(*) FROM sqlite_schema')
  if (tables === 0 && owner === 0) return 0
  if (owner !== applicationId) throw eventBusFailure('event-bus.not-a-log', `file "${file}" is not an event log`)
  if (version > formatVersion) {
    const message = `file "${file}" has format version ${version}, and this program reads up to version ${formatVersion}`
    throw eventBusFailure('event-bus.newer-format', message, { file, version, supported: formatVersion })
  }
  return version
}

const busy = 5
const notADatabase = 26

function toFailure(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
  if (code === busy) return eventBusFailure('event-bus.in-use', `file "${file}" is held by another process`, { file })
  if (code === notADatabase)
    return eventBusFailure('event-bus.not-a-log', `file "${file}" is not an event log`, { file })
  return error
}
