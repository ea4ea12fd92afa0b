import { Client } from 'pg'
import { databaseFailure } from '../failure.ts'
import { asPostgresFailure } from './postgres.failure.ts'
import { connectionSettings, describeAddress, type PostgresAddress } from './postgres.pool.ts'

/** A connection of its own that holds the seat of the one relay of a schema, and hears of commits of other processes. */
export interface RelaySeat {
  /** Takes the seat if it is free, or makes sure that it is still held. A process that dies gives it up with its connection. */
  take(): Promise<boolean>
  isHeld(): boolean
  close(): Promise<void>
}

type Options = Readonly<{
  address: PostgresAddress
  channel: string
  /** Another process has committed events. */
  heard(): void
}>

/** How long the server may take to answer here; longer, and it counts as gone. */
const answerTimeoutMs = 10_000

async function sit({ address, channel, heard }: Options, gone: (client: Client) => void): Promise<Client> {
  const client = new Client({
    ...connectionSettings(address),
    application_name: `eip ${channel}`,
    connectionTimeoutMillis: answerTimeoutMs,
    query_timeout: answerTimeoutMs,
  })
  client.on('error', () => gone(client))
  client.on('end', () => gone(client))
  client.on('notification', heard)
  await client.connect()
  await client.query(`LISTEN "${channel}"`)
  return client
}

async function isFree(client: Client, channel: string): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS is_taken', [channel])
  return rows[0].is_taken
}

export function relaySeat(options: Options): RelaySeat {
  const { address, channel } = options
  const where = describeAddress(address)
  let client: Client | undefined
  let isHeld = false
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()

  const leave = () => {
    const mine = client
    client = undefined
    isHeld = false
    return mine
  }
  const gone = (which: Client) => {
    if (which === client) leave()
  }
  async function take(): Promise<boolean> {
    if (isClosed) throw databaseFailure('database.closed', `${where} is closed`)
    try {
      client ??= await sit(options, gone)
      // A connection that broke without a word holds nothing: the server must say so each time.
      if (isHeld) await client.query('SELECT 1')
      else isHeld = await isFree(client, channel)
      return isHeld
    } catch (error) {
      leave()
        ?.end()
        .catch(() => {})
      throw asPostgresFailure(error, where)
    }
  }
  return Object.freeze({
    // One after the other: the lock counts how often it was taken.
    take() {
      const result = last.then(take)
      last = result.catch(() => {})
      return result
    },
    isHeld: () => isHeld,
    async close() {
      isClosed = true
      await last
      const mine = leave()
      // Given up before the connection ends: the server may take a moment to notice that.
      await mine?.query('SELECT pg_advisory_unlock_all()').catch(() => {})
      await mine?.end().catch(() => {})
    },
  })
}
