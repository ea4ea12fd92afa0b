import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { envelopeSchema, type Topic } from '@eip/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OutboxHarness, outboxContract } from '../outbox.contract.ts'
import { outboxMigrations } from '../outbox-migrations.ts'
import { openSqliteDatabase } from './sqlite.database.ts'
import { type SqliteOutboxTransaction, sqliteOutbox } from './sqlite.outbox.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eip-outbox-'))
  file = join(folder, 'outbox.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const openFile = () => openSqliteDatabase({ file, migrations: [outboxMigrations] })

async function open(): Promise<OutboxHarness<SqliteOutboxTransaction>> {
  const database = await openFile()
  const reopen = async () => {
    await database.close()
    return open()
  }
  return { outbox: sqliteOutbox(database), transaction: database.transaction, reopen, close: database.close }
}

describe('sqlite', () => outboxContract(open))

const topic: Topic = {
  name: 'notes.note-changed',
  kind: 'state',
  schema: 'note/1',
  payload: envelopeSchema.shape.payload,
}

it('reads large events in parts, so that memory stays bounded', async () => {
  const database = await openFile()
  const outbox = sqliteOutbox(database)
  const event = (version: number) => ({
    ...{ id: `e${version}`, schema: 'note/1', key: 'a', version, occurredAt: 1, recordedAt: 1, deleted: false },
    ...{ market: {}, payload: 'x'.repeat(3_000_000) },
  })
  await database.transaction((tx) => outbox.add(tx, topic, [1, 2, 3, 4, 5].map(event)))
  expect(await outbox.next(1_000)).toHaveLength(2)
  await database.close()
})

// Commits three events at a time for ever, and says the last version of each commit once it was acknowledged.
const endlessWriter = (file: string) => `
  import { outboxMigrations } from '${new URL('../outbox-migrations.ts', import.meta.url).href}'
  import { openSqliteDatabase, sqliteOutbox } from '${new URL('./sqlite.ts', import.meta.url).href}'
  const database = await openSqliteDatabase({ file: ${JSON.stringify(file)}, migrations: [outboxMigrations] })
  const outbox = sqliteOutbox(database)
  const topic = { name: 'notes.note-changed', schema: 'note/1' }
  for (let last = 3; ; last += 3) {
    const events = [last - 2, last - 1, last].map((version) => ({
      id: 'e' + version, schema: 'note/1', key: 'a', version, occurredAt: 1, recordedAt: 1, deleted: false, market: {},
      payload: 'x'.repeat(1000),
    }))
    await database.transaction((tx) => outbox.add(tx, topic, events))
    process.stdout.write(last + '\\n')
  }`

it('holds everything acknowledged, and whole commits only, after kill -9', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', endlessWriter(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let acknowledged = 0
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line)
    if (acknowledged >= 300 && !child.killed) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  const database = await openFile()
  const entries = await sqliteOutbox(database).next(1_000_000)
  expect(entries.length).toBeGreaterThanOrEqual(acknowledged)
  expect(entries.length % 3).toBe(0)
  expect(entries.map((entry) => entry.event.version)).toEqual(entries.map((_, index) => index + 1))
  await database.close()
})
