import type { DatabaseSync } from 'node:sqlite'
import { type MigrationSet, planMigrations, type RecordedMigration, recordTable, selectRecorded } from '../migration.ts'

const hasRecords = (connection: DatabaseSync) =>
  connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'`).get() !== undefined

/** Brings the file to what `sets` say, all in one transaction; a file of a newer version is left untouched. */
export function migrateSqlite(
  connection: DatabaseSync,
  file: string,
  sets: readonly MigrationSet[],
  now: number,
): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const recorded = hasRecords(connection) ? connection.prepare(selectRecorded).all() : []
    const pending = planMigrations(file, sets, recorded as RecordedMigration[])
    if (pending.length > 0) {
      connection.exec(recordTable)
      const record = connection.prepare('INSERT INTO schema_migration VALUES (?, ?, ?, ?, ?)')
      for (const { owner, position, name, checksum, sql } of pending) {
        connection.exec(sql)
        record.run(owner, position, name, checksum, now)
      }
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}
