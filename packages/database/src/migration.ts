import { hash } from 'node:crypto'
import { databaseFailure } from './failure.ts'

export type Migration = Readonly<{ name: string; sql: string }>

/** One owner's migrations, oldest first. They are only ever appended to; what has run is never edited. */
export type MigrationSet = Readonly<{ owner: string; migrations: readonly Migration[] }>

/** A migration as the file remembers it. `position` counts from 0 within its owner. */
export type RecordedMigration = Readonly<{ owner: string; position: number; name: string; checksum: string }>

export type PendingMigration = RecordedMigration & Readonly<{ sql: string }>

/** Where a database remembers what has run; in SQLite's words, as migrations are. */
export const recordTable = `
  CREATE TABLE IF NOT EXISTS schema_migration (
    owner TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (owner, position)
  ) STRICT`

export const selectRecorded = 'SELECT owner, position, name, checksum FROM schema_migration ORDER BY owner, position'

const checksumOf = (migration: Migration): string => hash('sha256', `${migration.name}\n${migration.sql}`)

/**
 * What is left to run, in order. Throws `database.newer-version` when the file holds migrations that this program
 * does not know, and `database.changed-migration` when one that has run reads differently now. `file` is for the message.
 */
export function planMigrations(
  file: string,
  sets: readonly MigrationSet[],
  recorded: readonly RecordedMigration[],
): PendingMigration[] {
  const known = sets.flatMap(({ owner, migrations }) =>
    migrations.map((migration, position) => ({ owner, position, checksum: checksumOf(migration), ...migration })),
  )
  const keyOf = (migration: RecordedMigration) => `${migration.owner}/${migration.position}`
  const knownByKey = new Map(known.map((migration) => [keyOf(migration), migration]))
  for (const past of recorded) {
    const now = knownByKey.get(keyOf(past))
    if (now === undefined)
      throw databaseFailure(
        'database.newer-version',
        `${file} was written by a newer version: it holds the migration "${past.owner}/${past.name}", which this one does not know`,
        { file, migration: past.name },
      )
    if (now.checksum !== past.checksum)
      throw databaseFailure(
        'database.changed-migration',
        `the migration "${past.owner}/${past.name}" has run on ${file} and reads differently now`,
        { file, migration: past.name },
      )
  }
  const recordedKeys = new Set(recorded.map(keyOf))
  return known.filter((migration) => !recordedKeys.has(keyOf(migration)))
}
