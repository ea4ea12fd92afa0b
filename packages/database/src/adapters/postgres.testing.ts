import type { Envelope } from '@eip/contracts'
import { newId } from '@eip/kernel'
import { Client } from 'pg'
import type { MigrationSet } from '../migration.ts'
import { openPostgresDatabase, type PostgresDatabase } from './postgres.database.ts'
import { migratePostgres } from './postgres.migrations.ts'
import { type PostgresOutbox, type PostgresOutboxOptions, postgresOutbox } from './postgres.outbox.ts'
import type { PoolLimits } from './postgres.pool.ts'

/** A schema of its own for one test; `dispose` removes it with all that is in it. */
export type TemporarySchema = AsyncDisposable &
  Readonly<{
    schema: string
    /** A handle more; each has connections of its own, as another process has. */
    open<Schema>(limits?: PoolLimits): Promise<PostgresDatabase<Schema>>
    /** As `open`, with the outbox; `leave` closes both, as the end of that process does. */
    join<Schema>(options?: PostgresOutboxOptions): Promise<PostgresProcess<Schema>>
    dispose(): Promise<void>
  }>

export type PostgresProcess<Schema> = Readonly<{
  database: PostgresDatabase<Schema>
  outbox: PostgresOutbox
  /** All that the outbox holds, in order. */
  sent(): Promise<readonly Envelope[]>
  leave(): Promise<void>
}>

async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP SCHEMA "${schema}" CASCADE`)
  await client.end()
}

/** A database of its own on the server, for who needs the schemas' true names; disposing removes it, whoever is still connected. */
export async function temporaryDatabase(
  serverUrl: string,
  name = `test_${newId().replaceAll('-', '').slice(-16).toLowerCase()}`,
): Promise<AsyncDisposable & Readonly<{ url: string }>> {
  const run = async (sql: string) => {
    const client = new Client({ connectionString: serverUrl })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await run(`CREATE DATABASE "${name}"`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, [Symbol.asyncDispose]: () => run(`DROP DATABASE "${name}" WITH (FORCE)`) }
}

export async function temporarySchema(url: string, migrations: readonly MigrationSet[]): Promise<TemporarySchema> {
  const schema = `test_${newId().replaceAll('-', '').slice(-16).toLowerCase()}`
  await migratePostgres({ url, schema }, migrations)
  const closing: (() => Promise<void>)[] = []
  const open = async <Schema>(limits: PoolLimits = {}) => {
    const database = await openPostgresDatabase<Schema>({ url, schema, migrations, connections: 4, ...limits })
    closing.unshift(database.close)
    return database
  }
  const join = async <Schema>(options: PostgresOutboxOptions = {}) => {
    const database = await open<Schema>()
    const outbox = postgresOutbox(database, options)
    closing.unshift(outbox.close)
    const leave = async () => {
      await outbox.close()
      await database.close()
    }
    const sent = async () => (await outbox.next(10_000)).map(({ event }) => event)
    return { database, outbox, sent, leave }
  }
  const dispose = async () => {
    for (const close of closing) await close()
    await dropSchema(url, schema)
  }
  return Object.freeze({ schema, open, join, dispose, [Symbol.asyncDispose]: dispose })
}
