import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Database } from '../database.port.ts'
import { databaseFailure } from '../failure.ts'
import type { MigrationSet } from '../migration.ts'
import { turnQueue } from '../turn-queue.ts'
import { sqliteDialect } from './sqlite.dialect.ts'
import { asDatabaseFailure } from './sqlite.failure.ts'
import { migrateSqlite } from './sqlite.migrations.ts'
import { type SqliteStatement, statementCache } from './sqlite.statement.ts'
import {
  runSqliteTransaction,
  type SqliteConnection,
  type SqliteRun,
  type SqliteTransaction,
} from './sqlite.transaction.ts'

export type SqliteDatabaseOptions = Readonly<{
  /** Path of the file; it is made when missing, its folder is not. `:memory:` for a database that lives as long as its handle. */
  file: string
  migrations: readonly MigrationSet[]
  /**
   * When a commit is durable: `full` against power loss (an fsync each), `normal` against the end of the process only.
   * Default `full`.
   */
  synchronous?: 'full' | 'normal'
  /** How long a write waits for another process's, blocking this thread. Default 5,000. */
  busyTimeoutMs?: number
  /** How long a query or transaction waits for those before it. Default 5,000. */
  turnTimeoutMs?: number
}>

export interface SqliteDatabase<Schema> extends Database<Schema, SqliteTransaction<Schema>> {
  readonly file: string
  /** Prepared statements outside a transaction: `work` runs at once when it is its turn, and does not wait for anything. */
  use<T>(work: (connection: SqliteConnection) => T): Promise<T>
}

const inMemory = ':memory:'

// Two connections to one file in one thread block each other until the busy time-out: the second is refused here.
const openFiles = new Set<string>()

function connect(file: string, options: SqliteDatabaseOptions): DatabaseSync {
  const connection = new DatabaseSync(file, { timeout: options.busyTimeoutMs ?? 5_000 })
  try {
    connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.synchronous === 'normal' ? 1 : 2}`)
    // Keys that come in no order touch the whole index: 16 MB of it stay in memory.
    connection.exec('PRAGMA cache_size = -16000')
    // Pages written again and again (indexes) are copied back once per 16 MB of log instead of 4; more would hold the
    // committing thread too long at once.
    connection.exec('PRAGMA wal_autocheckpoint = 4000')
    // The log file shrinks back after a burst.
    connection.exec(`PRAGMA journal_size_limit = ${64 * 1_024 * 1_024}`)
    migrateSqlite(connection, file, options.migrations, Date.now())
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

function open(options: SqliteDatabaseOptions): Readonly<{ file: string; connection: DatabaseSync }> {
  const file = options.file === inMemory ? inMemory : resolve(options.file)
  if (openFiles.has(file))
    throw databaseFailure('database.already-open', `${file} is open in this thread already`, { file })
  try {
    const connection = connect(file, options)
    if (file !== inMemory) openFiles.add(file)
    return { file, connection }
  } catch (error) {
    throw asDatabaseFailure(error, file)
  }
}

/**
 * Opens the file, brings it to the migrations' state, and answers with its one handle in this thread.
 * Throws `database.newer-version`, `database.changed-migration`, `database.already-open`, `database.cannot-open`,
 * `database.damaged` or `database.locked`.
 */
export async function openSqliteDatabase<Schema>(options: SqliteDatabaseOptions): Promise<SqliteDatabase<Schema>> {
  const { file, connection } = open(options)
  const turns = turnQueue(file, options.turnTimeoutMs ?? 5_000)
  const prepare = statementCache(connection)
  const run: SqliteRun = { connection, file, prepare }
  const query = new Kysely<Schema>({ dialect: sqliteDialect({ ...run, acquire: turns.take }) })

  async function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const release = await turns.take()
    try {
      return await work()
    } catch (error) {
      throw asDatabaseFailure(error, file)
    } finally {
      release()
    }
  }
  const direct: SqliteConnection = Object.freeze({
    statement: <Row>(sql: string) => prepare(sql).checked as SqliteStatement<Row>,
  })
  let closing: Promise<void> | undefined
  const shut = async () => {
    await turns.close()
    connection.close()
    openFiles.delete(file)
  }
  return Object.freeze({
    file,
    query,
    transaction: <T>(work: (transaction: SqliteTransaction<Schema>) => Promise<T>) =>
      inTurn(() => runSqliteTransaction(run, work)),
    use: <T>(work: (connection: SqliteConnection) => T) => inTurn(() => work(direct)),
    connections: turns.use,
    async close() {
      closing ??= shut()
      await closing
    },
  })
}
