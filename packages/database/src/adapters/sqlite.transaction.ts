import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Transaction } from '../database.port.ts'
import { sqliteDialect } from './sqlite.dialect.ts'
import { asDatabaseFailure } from './sqlite.failure.ts'
import type { PreparedStatement, SqliteStatement, SqliteValue } from './sqlite.statement.ts'
import { type TransactionLife, transactionLife } from './transaction-life.ts'

/** Direct access to the connection, for what is done per item. It works until the function that it was given to returns. */
export interface SqliteConnection {
  /** Prepared once per text and kept. */
  statement<Row = Record<string, SqliteValue>>(sql: string): SqliteStatement<Row>
}

export interface SqliteTransaction<Schema> extends Transaction<Schema>, SqliteConnection {}

/** What runs inside: the connection, its file's name for messages, and its statements. */
export type SqliteRun = Readonly<{
  connection: DatabaseSync
  file: string
  prepare: (sql: string) => PreparedStatement
}>

function transactionHandle<Schema>(run: SqliteRun, { refuseWhenOver, afterCommit }: TransactionLife) {
  let query: Kysely<Schema> | undefined
  const acquire = async () => {
    refuseWhenOver()
    return () => {}
  }
  return Object.freeze<SqliteTransaction<Schema>>({
    // Made when first asked for: transactions of prepared statements alone never need it.
    get query() {
      query ??= new Kysely<Schema>({ dialect: sqliteDialect({ ...run, acquire }) })
      return query
    },
    statement<Row>(sql: string) {
      refuseWhenOver()
      return run.prepare(sql).checked as SqliteStatement<Row>
    },
    // Transactions of one file run one after the other.
    async lock() {
      refuseWhenOver()
    },
    afterCommit,
  })
}

/** Runs `work` between BEGIN IMMEDIATE and COMMIT. The caller has the connection to itself. */
export async function runSqliteTransaction<Schema, T>(
  run: SqliteRun,
  work: (transaction: SqliteTransaction<Schema>) => Promise<T>,
): Promise<T> {
  const { connection, file } = run
  const life = transactionLife(file)
  try {
    connection.exec('BEGIN IMMEDIATE')
    const result = await work(transactionHandle(run, life))
    life.end()
    connection.exec('COMMIT')
    life.committed()
    return result
  } catch (error) {
    life.end()
    // A full disk makes SQLite roll back by itself.
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw asDatabaseFailure(error, file)
  }
}
