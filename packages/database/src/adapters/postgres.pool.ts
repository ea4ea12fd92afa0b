import { Pool } from 'pg'
import { databaseFailure } from '../failure.ts'
import { columnTypes } from './postgres.types.ts'

/** Where one service's tables lie. */
export type PostgresAddress = Readonly<{
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */
  url: string
  /** The schema: at most 48 lower-case letters, digits and `_`, the first a letter. */
  schema: string
}>

export type PoolLimits = Readonly<{
  /** Connections, at most. Default 10. */
  connections?: number
  /** How long a query or transaction waits for a connection. Default 5,000. */
  turnTimeoutMs?: number
  /** How long one statement may take; 0: as long as it takes. Default 60,000. */
  statementTimeoutMs?: number
  /** How long a statement waits for a lock that another transaction holds. Default 10,000. */
  lockTimeoutMs?: number
}>

/** The address without the password, and the schema, for messages. */
export function describeAddress({ url, schema }: PostgresAddress): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname} (schema ${schema})`
}

/** As the client takes the settings of a session. */
const asOptions = (settings: Readonly<Record<string, string | number>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')

// A machine that loses its power says no farewell. Both ends ask after ten seconds, not after the two hours of most systems: until
// then the server keeps the locks of who is gone, and the seat of its relay.
const asksWhetherThere = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 }

/** What every connection has. */
export const connectionSettings = (
  { url }: PostgresAddress,
  settings: Readonly<Record<string, string | number>> = {},
) => ({
  connectionString: url,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  options: asOptions({ ...asksWhetherThere, ...settings }),
})

/** Connections to one schema, opened as they are needed. The server's own settings end what takes too long. */
export function openPostgresPool(address: PostgresAddress, limits: PoolLimits = {}): { pool: Pool; where: string } {
  const { connections = 10, turnTimeoutMs = 5_000, statementTimeoutMs = 60_000, lockTimeoutMs = 10_000 } = limits
  if (!/^[a-z][a-z0-9_]{0,47}$/.test(address.schema))
    throw databaseFailure('database.cannot-open', `"${address.schema}" cannot be the name of a schema`)
  const settings = {
    search_path: address.schema,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    // A process that hangs in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    timezone: 'UTC',
  }
  const pool = new Pool({
    ...connectionSettings(address, settings),
    max: connections,
    connectionTimeoutMillis: turnTimeoutMs,
    idleTimeoutMillis: 60_000,
    // The server ends its own statements; this is for a server that vanished without a word.
    query_timeout: statementTimeoutMs === 0 ? 0 : statementTimeoutMs + 5_000,
    application_name: `eip ${address.schema}`,
    types: columnTypes,
  })
  // A connection that breaks while nobody uses it is replaced by the next query.
  pool.on('error', () => {})
  return { pool, where: describeAddress(address) }
}
