import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { envelopeSchema, type Topic } from '@eip/contracts'
import { testEngines, until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OutboxHarness, outboxContract } from '../outbox.contract.ts'
import { outboxRelay } from '../outbox-relay.ts'
import {
  type PostgresOutboxOptions,
  type PostgresOutboxTransaction,
  postgresOutboxMigrations,
} from './postgres.outbox.ts'
import { type TemporarySchema, temporarySchema } from './postgres.testing.ts'

const url = testEngines.postgres ?? ''

const topic: Topic = {
  name: 'notes.note-changed',
  kind: 'state',
  schema: 'note/1',
  payload: envelopeSchema.shape.payload,
}
const event = (version: number, payload: unknown = null) => ({
  ...{ id: `e${version}`, schema: 'note/1', key: 'a', version, occurredAt: 1, recordedAt: 1, deleted: false },
  ...{ market: {}, payload },
})

// Commits three events at a time for ever, with the relay's seat, and says the last version of each acknowledged commit.
const endlessWriter = (schema: string) => `
  import { openPostgresDatabase, postgresOutbox, postgresOutboxMigrations } from '${new URL('./postgres.ts', import.meta.url).href}'
  const address = { url: ${JSON.stringify(url)}, schema: ${JSON.stringify(schema)} }
  const database = await openPostgresDatabase({ ...address, migrations: postgresOutboxMigrations })
  const outbox = postgresOutbox(database)
  await outbox.next(1)
  const topic = { name: 'notes.note-changed', schema: 'note/1' }
  for (let last = 3; ; last += 3) {
    const events = [last - 2, last - 1, last].map((version) => ({
      id: 'e' + version, schema: 'note/1', key: 'a', version, occurredAt: 1, recordedAt: 1, deleted: false, market: {},
      payload: null,
    }))
    await database.transaction((tx) => outbox.add(tx, topic, events))
    process.stdout.write(last + '\\n')
  }`

describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', () => {
  let schema: TemporarySchema
  beforeEach(async () => {
    schema = await temporarySchema(url, postgresOutboxMigrations)
  })
  afterEach(async () => {
    await schema.dispose()
  })
  /** One process. */
  const join = async (options: PostgresOutboxOptions = {}) => {
    const { database, outbox, leave } = await schema.join(options)
    const add = (...versions: number[]) =>
      database.transaction((tx) =>
        outbox.add(
          tx,
          topic,
          versions.map((version) => event(version)),
        ),
      )
    const versions = async () => (await outbox.next(100)).map((entry) => entry.event.version)
    return { database, outbox, add, versions, leave }
  }

  outboxContract(async (): Promise<OutboxHarness<PostgresOutboxTransaction>> => {
    const open = async (): Promise<OutboxHarness<PostgresOutboxTransaction>> => {
      const { database, outbox, leave } = await join()
      const reopen = async () => {
        await leave()
        return open()
      }
      return { outbox, transaction: database.transaction, reopen, close: leave }
    }
    return open()
  })

  it('passes over nothing that is committed later with an earlier position, and waits for nobody', async () => {
    const { database, outbox, versions } = await join()
    const letGo = Promise.withResolvers<void>()
    const added = Promise.withResolvers<void>()
    const first = database.transaction(async (tx) => {
      await outbox.add(tx, topic, [event(1)])
      added.resolve()
      await letGo.promise
    })
    await added.promise
    await database.transaction((tx) => outbox.add(tx, topic, [event(2)]))
    const [read] = await outbox.next(100)
    expect(read!.event.version).toBe(2)
    letGo.resolve()
    await first
    await outbox.removeThrough(read!.position)
    expect(await versions()).toEqual([1])
  })

  it('is read by one of several processes, which hears of the commits of all; another takes over when it ends', async () => {
    const [one, other] = [await join(), await join()]
    const log: string[] = []
    const relayOf = (name: string, { outbox }: typeof one) =>
      outboxRelay({
        outbox,
        bus: { publish: async (_topic, events) => void log.push(...events.map(({ version }) => `${name} ${version}`)) },
        topics: [topic],
        onTrouble: ({ error }) => log.push(String(error)),
      })
    const relays = [relayOf('one', one), relayOf('other', other)] as const
    relays[0].start()
    await one.add(1)
    await until('the first is out', () => log.length === 1)
    relays[1].start()
    await other.add(2)
    await until('the second is out', () => log.length === 2)
    await until('none is left', async () => (await other.outbox.pending()) === 0)
    await relays[0].close()
    await one.outbox.close()
    await other.add(3)
    await until('the third is out', () => log.length === 3)
    await relays[1].close()
    expect(log).toEqual(['one 1', 'one 2', 'other 3'])
  })

  it('takes over when the process that had the seat is gone without a word', async () => {
    const [one, other] = [await join(), await join()]
    await one.add(1)
    await until('the first reads', async () => (await one.versions()).length === 1)
    expect(await other.versions()).toEqual([])
    let arrivals = 0
    other.outbox.onArrival(() => (arrivals += 1))
    await other.database.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%try_advisory%'`,
      [`eip ${schema.schema}.outbox`],
    )
    await until('it is told to look', () => arrivals > 0)
    await until('the seat is free', async () => (await other.versions()).length === 1)
  })

  it('hears of commits of a process that ended before it could tell', async () => {
    const { database, outbox } = await join()
    const relayed = Promise.withResolvers<number>()
    const relay = outboxRelay({
      outbox,
      bus: { publish: async (_topic, [first]) => relayed.resolve(first!.version) },
      topics: [topic],
      onTrouble: ({ error }) => relayed.reject(error),
    })
    relay.start()
    const envelope = JSON.stringify(event(1))
    await database.rows('INSERT INTO outbox_event (topic, envelope) VALUES ($1, $2)', [topic.name, envelope])
    expect(await relayed.promise).toBe(1)
    await relay.close()
  })

  it('takes many events at once, in their order', async () => {
    const { add, versions } = await join()
    const many = Array.from({ length: 3_000 }, (_, index) => index + 1)
    await add(...many)
    expect(await versions()).toEqual(many.slice(0, 100))
  })

  it('holds everything acknowledged, and whole commits only, after kill -9 of who wrote and read', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', endlessWriter(schema.schema)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let acknowledged = 0
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line)
      if (acknowledged >= 90 && !child.killed) child.kill('SIGKILL')
    }
    const { outbox } = await join()
    await until('its seat is free', async () => (await outbox.next(1)).length > 0)
    const entries = await outbox.next(10_000)
    expect(entries.length).toBeGreaterThanOrEqual(acknowledged)
    expect(entries.map((entry) => entry.event.version)).toEqual(entries.map((_, index) => index + 1))
    expect(entries.length % 3).toBe(0)
  })

  it('reads large events in parts, so that memory stays bounded', async () => {
    const { database, outbox } = await join()
    const large = [1, 2, 3, 4, 5].map((version) => event(version, 'x'.repeat(3_000_000)))
    await database.transaction((tx) => outbox.add(tx, topic, large))
    expect(await outbox.next(1_000)).toHaveLength(2)
  })
})
