import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { Database } from '../database.port.ts'
import { databaseFailure } from '../failure.ts'
import type { MigrationSet } from '../migration.ts'
import { postgresDialect } from './postgres.dialect.ts'
import { asPostgresFailure, isUnreachable } from './postgres.failure.ts'
import { requireMigrated } from './postgres.migrations.ts'
import { openPostgresPool, type PoolLimits, type PostgresAddress } from './postgres.pool.ts'
import {
  type PostgresConnection,
  type PostgresTransaction,
  type RunStatement,
  runPostgresTransaction,
  statementRunner,
} from './postgres.transaction.ts'
import type { PostgresValue } from './postgres.types.ts'

export type PostgresDatabaseOptions = PostgresAddress & PoolLimits & Readonly<{ migrations: readonly MigrationSet[] }>

export interface PostgresDatabase<Schema> extends Database<Schema, PostgresTransaction<Schema>>, PostgresConnection {
  readonly address: PostgresAddress
  /** The server's, as it says now; as it said last while all connections are in use. Rejects where it does not answer. */
  serverVersion(): Promise<string>
}

/**
 * Opens one service's schema. Transactions read what was committed when each of their statements began; those that decide by what
 * they read lock it first (`FOR UPDATE`, `LOCK TABLE`).
 * Throws `database.behind` (run `eip migrate`), `database.newer-version`, `database.changed-migration`, `database.unreachable` or
 * `database.refused`.
 */
export async function openPostgresDatabase<Schema>(
  options: PostgresDatabaseOptions,
): Promise<PostgresDatabase<Schema>> {
  const { url, schema, migrations } = options
  const { pool, where } = openPostgresPool(options, options)
  let lastVersion: string | undefined
  /** The transaction that the running code stands in. */
  const within = new AsyncLocalStorage<{ isOver: boolean }>()
  const working = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw asPostgresFailure(error, where)
    }
  }
  async function connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await connect()
    // One that breaks in the middle of a query says so twice: to the query, which is heard, and here.
    const ignore = () => {}
    client.on('error', ignore)
    let isBroken = false
    try {
      return await work(client)
    } catch (error) {
      isBroken = isUnreachable(error)
      throw error
    } finally {
      client.off('error', ignore)
      // Nobody gets a connection with somebody else's transaction still open in it.
      client.release(isBroken || client.getTransactionStatus() !== 'I')
    }
  }
  async function admitted<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (closing) throw databaseFailure('database.closed', `${where} is closed`)
    if (within.getStore()?.isOver === false)
      throw databaseFailure('database.turn-timeout', `the handle of ${where} was used inside its own transaction`)
    const done = connected(work)
    working.add(done)
    return done.finally(() => working.delete(done))
  }
  const builder = (statement: RunStatement) => new Kysely<Schema>({ dialect: postgresDialect(statement) })
  const outside: RunStatement = (sql, values) => admitted((client) => statementRunner(client, where)(sql, values))

  try {
    await connected((client) => requireMigrated(client, where, migrations))
  } catch (error) {
    await pool.end()
    throw error
  }
  const connections = () => ({
    ...{ limit: pool.options.max, idle: pool.idleCount },
    ...{ inUse: pool.totalCount - pool.idleCount, waiting: pool.waitingCount },
  })
  async function serverVersion(): Promise<string> {
    const { limit, inUse } = connections()
    // Whoever only looks must not stand in the queue of those who work.
    if (inUse < limit || lastVersion === undefined) {
      const { rows } = await outside('SHOW server_version', [])
      lastVersion = (rows as { server_version: string }[])[0]!.server_version
    }
    return lastVersion
  }
  const shut = async () => {
    await Promise.allSettled(working)
    await pool.end()
  }
  return Object.freeze({
    address: { url, schema },
    query: builder(outside),
    rows: async <Row>(sql: string, values: readonly PostgresValue[] = []) => (await outside(sql, values)).rows as Row[],
    transaction: <T>(work: (transaction: PostgresTransaction<Schema>) => Promise<T>) =>
      admitted((client) => {
        const state = { isOver: false }
        const guarded = (transaction: PostgresTransaction<Schema>) => within.run(state, () => work(transaction))
        return runPostgresTransaction(client, { where, builder }, guarded).finally(() => {
          state.isOver = true
        })
      }),
    connections,
    serverVersion,
    async close() {
      closing ??= shut()
      await closing
    },
  })
}
