import { existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contractTurnTimeoutMs, databaseContract } from '../database.contract.ts'
import type { MigrationSet } from '../migration.ts'
import { openSqliteDatabase } from './sqlite.database.ts'
import type { SqliteValue } from './sqlite.statement.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eip-database-'))
  file = join(folder, 'notes.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (migrations: readonly MigrationSet[] = [], options: { synchronous?: 'normal' | 'full' } = {}) =>
  openSqliteDatabase<{ note: { id: number; text: string } }>({
    file,
    migrations,
    turnTimeoutMs: contractTurnTimeoutMs,
    busyTimeoutMs: 50,
    ...options,
  })
const notes: MigrationSet = {
  owner: 'notes',
  migrations: [{ name: '0001-notes', sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT' }],
}
const withTitles: MigrationSet = {
  owner: 'notes',
  migrations: [
    ...notes.migrations,
    { name: '0002-titles', sql: `ALTER TABLE note ADD title TEXT NOT NULL DEFAULT ''` },
  ],
}

describe('sqlite in a file', () => databaseContract(() => open()))
describe('sqlite in memory', () =>
  databaseContract(() =>
    openSqliteDatabase({ file: ':memory:', migrations: [], turnTimeoutMs: contractTurnTimeoutMs }),
  ))

it('runs transactions one after the other, in the order asked for', async () => {
  const database = await open([notes])
  const steps: string[] = []
  const step = (name: string) =>
    database.transaction(async (tx) => {
      steps.push(`${name} begins with ${tx.statement<{ id: number }>('SELECT id FROM note').all().length}`)
      tx.statement('INSERT INTO note (text) VALUES (?)').run(name)
      await new Promise((resolve) => setImmediate(resolve))
    })
  await Promise.all([step('first'), step('second'), step('third')])
  expect(steps).toEqual(['first begins with 0', 'second begins with 1', 'third begins with 2'])
  await database.close()
})

describe('a file', () => {
  it('keeps what was written, and grows with the migrations', async () => {
    const first = await open([notes])
    await first.query.insertInto('note').values({ id: 1, text: 'kept' }).execute()
    await first.close()
    const second = await open([withTitles])
    const { rows } = await second.transaction(async (tx) => ({ rows: tx.statement('SELECT * FROM note').all() }))
    expect(rows.map((row) => ({ ...row }))).toEqual([{ id: 1, text: 'kept', title: '' }])
    await second.close()
    const third = await open([withTitles])
    await third.close()
  })

  it('of a newer version is refused by name and left untouched', async () => {
    await (await open([withTitles])).close()
    const { size } = statSync(file)
    await expect(open([notes])).rejects.toMatchObject({
      code: 'database.newer-version',
      message: expect.stringContaining(file),
    })
    expect(statSync(file).size).toBe(size)
    await (await open([withTitles])).close()
  })

  it('has nothing of a migration run that failed', async () => {
    const broken = {
      owner: 'tags',
      migrations: [{ name: '0001-tags', sql: 'CREATE TABLE tag (id INTEGER) STRICT; nonsense' }],
    }
    await expect(open([notes, broken])).rejects.toThrow(/nonsense/)
    const database = await open()
    const tables = await database.use((connection) => connection.statement('SELECT name FROM sqlite_schema').all())
    expect(tables).toEqual([])
    await database.close()
  })

  it('is opened once in a thread', async () => {
    const first = await open()
    await expect(open()).rejects.toMatchObject({ code: 'database.already-open' })
    await first.close()
    await (await open()).close()
  })

  it('that is not a database, or damaged, or in no folder, is refused by name', async () => {
    writeFileSync(file, 'this is no database, however long one reads on in it '.repeat(100))
    await expect(open([notes])).rejects.toMatchObject({
      code: 'database.damaged',
      message: expect.stringContaining(file),
    })
    rmSync(file)
    const database = await open([notes])
    await database.close()
    truncateSync(file, 5_000)
    await expect(open([withTitles])).rejects.toMatchObject({ code: 'database.damaged' })
    file = join(folder, 'nowhere', 'notes.sqlite')
    await expect(open([notes])).rejects.toMatchObject({ code: 'database.cannot-open' })
    expect(existsSync(file)).toBe(false)
  })

  it('that another connection writes to is called locked, and can be written to afterwards', async () => {
    const database = await open([notes])
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const write = () => database.query.insertInto('note').values({ id: 1, text: 'x' }).execute()
    await expect(write()).rejects.toMatchObject({ code: 'database.locked' })
    await expect(database.transaction(async () => {})).rejects.toMatchObject({ code: 'database.locked' })
    other.exec('ROLLBACK')
    other.close()
    await write()
    await database.close()
  })

  it('is a write-ahead log with the durability asked for', async () => {
    for (const [synchronous, value] of [['full', 2] as const, ['normal', 1] as const]) {
      const database = await open([], { synchronous })
      const pragma = (name: string) => database.use((connection) => connection.statement(`PRAGMA ${name}`).get())
      expect(await pragma('synchronous')).toMatchObject({ synchronous: value })
      expect(await pragma('journal_mode')).toMatchObject({ journal_mode: 'wal' })
      await database.close()
    }
  })
})

describe('a statement', () => {
  it('takes text, numbers, bigints, bytes and null, and nothing else', async () => {
    const database = await open([notes])
    const ask = (value: unknown) =>
      database.use((connection) => connection.statement<{ v: unknown }>('SELECT ? AS v').get(value as SqliteValue)?.v)
    for (const value of ['text', '', 1.5, 7n, null, new Uint8Array([1, 2])])
      expect(await ask(value)).toEqual(typeof value === 'bigint' ? Number(value) : value)
    for (const value of [{ v: 1 }, [1], true, undefined, Number.NaN, Number.POSITIVE_INFINITY, new Date(0)])
      await expect(ask(value)).rejects.toMatchObject({ code: 'database.bad-parameter' })
    const filtered = database.query
      .selectFrom('note')
      .selectAll()
      .where('text', '=', { text: 'x' } as unknown as string)
    await expect(filtered.execute()).rejects.toMatchObject({ code: 'database.bad-parameter' })
    await database.close()
  })

  it('of a full disk fails by name, and what was there before is kept', async () => {
    const database = await open([notes])
    const insert = (id: number, text: string) =>
      database.transaction(async (tx) => tx.statement('INSERT INTO note VALUES (?, ?)').run(id, text))
    await insert(1, 'kept')
    const pages = await database.use((connection) => connection.statement('PRAGMA page_count').get()!.page_count)
    await database.use((connection) => connection.statement(`PRAGMA max_page_count = ${Number(pages)}`).get())
    await expect(insert(2, 'x'.repeat(100_000))).rejects.toMatchObject({ code: 'database.disk-full' })
    expect(await database.query.selectFrom('note').select('id').execute()).toEqual([{ id: 1 }])
    await database.close()
  })

  it('of the query builder tells affected rows and the new id', async () => {
    const database = await open([notes])
    const inserted = await database.query.insertInto('note').values({ id: 5, text: 'a' }).executeTakeFirstOrThrow()
    expect(inserted.insertId).toBe(5n)
    const updated = await database.query.updateTable('note').set({ text: 'b' }).executeTakeFirstOrThrow()
    expect(updated.numUpdatedRows).toBe(1n)
    await expect(database.query.transaction().execute(async () => {})).rejects.toMatchObject({
      code: 'database.unsupported',
    })
    expect(await database.query.selectFrom('note').selectAll().execute()).toEqual([{ id: 5, text: 'b' }])
    await database.close()
  })
})
