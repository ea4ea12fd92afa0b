import { until } from '@eip/testkit'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from './database.port.ts'

type Tables = { note: { id: number; text: string } }

/** How long `open` should let a query wait for its turn: short, as one law is that it does not wait for ever. */
export const contractTurnTimeoutMs = 200

const addNote = async (query: Kysely<Tables>, id: number) => {
  await query
    .insertInto('note')
    .values({ id, text: `note ${id}` })
    .execute()
}
const noteIds = async (query: Kysely<Tables>) =>
  (await query.selectFrom('note').select('id').orderBy('id').execute()).map((row) => row.id)

/** Every adapter keeps these laws. `open` answers with an empty database whose turns time out after `contractTurnTimeoutMs`. */
export function databaseContract(open: () => Promise<Database<Tables>>): void {
  describe('database', () => {
    let database: Database<Tables>
    beforeEach(async () => {
      database = await open()
      await sql`CREATE TABLE note (id integer PRIMARY KEY, text text NOT NULL)`.execute(database.query)
    })
    afterEach(() => database.close())

    it('keeps all of a transaction that resolves, and answers with its result', async () => {
      const result = await database.transaction(async (tx) => {
        await addNote(tx.query, 1)
        await addNote(tx.query, 2)
        return 'done'
      })
      expect(result).toBe('done')
      expect(await noteIds(database.query)).toEqual([1, 2])
    })

    it('keeps nothing of a transaction that rejects, and hands its error on', async () => {
      const failing = database.transaction(async (tx) => {
        await addNote(tx.query, 1)
        throw new RangeError('no')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await noteIds(database.query)).toEqual([])
    })

    it('keeps nothing of a transaction with a statement that the database refuses', async () => {
      const failing = database.transaction(async (tx) => {
        await addNote(tx.query, 1)
        await addNote(tx.query, 1)
      })
      await expect(failing).rejects.toThrow()
      expect(await noteIds(database.query)).toEqual([])
    })

    it('hands on the very error that a transaction was rejected with, whatever it looks like', async () => {
      const refusal = Object.assign(new Error('Connection terminated'), { code: 'ECONNREFUSED' })
      const failing = database.transaction(async () => {
        throw refusal
      })
      await expect(failing).rejects.toBe(refusal)
    })

    it('takes text, finite numbers, bigints and null, and refuses everything else', async () => {
      const ask = (value: unknown) =>
        database.query
          .selectFrom('note')
          .selectAll()
          .where('text', '=', value as string)
          .execute()
      expect(await ask('text')).toEqual([])
      await database.query
        .insertInto('note')
        .values({ id: 7n as unknown as number, text: '' })
        .execute()
      expect(await noteIds(database.query)).toEqual([7])
      for (const value of [{ v: 1 }, true, undefined, Number.NaN, Number.POSITIVE_INFINITY, new Date(0)])
        await expect(ask(value)).rejects.toMatchObject({ code: 'database.bad-parameter' })
    })

    it('gives every character of a text back, and finds it by them', async () => {
      const texts = ['', '\u0000', 'A', 'a', 'a\u0000b', 'o\'dd "\\', '가', '\uffff', '\uffff0', '\u{1f4fa}']
      const values = texts.map((text, id) => ({ id, text }))
      await database.query.insertInto('note').values(values).execute()
      const inOrder = await database.query.selectFrom('note').selectAll().orderBy('id').execute()
      expect(inOrder).toEqual(values)
      const found = database.query.selectFrom('note').select('id').where('text', '=', 'a\u0000b')
      expect(await found.execute()).toEqual([{ id: 4 }])
    })

    it('loses no change of transactions that change the same row at once', async () => {
      await database.query.insertInto('note').values({ id: 1, text: '' }).execute()
      const append = (letter: string) =>
        database.transaction(async (tx) => {
          await tx.query
            .updateTable('note')
            .set({ text: sql<string>`text || ${letter}` })
            .where('id', '=', 1)
            .execute()
          await new Promise((resolve) => setImmediate(resolve))
        })
      await Promise.all(['a', 'b', 'c', 'd'].map(append))
      const { text } = await database.query.selectFrom('note').select('text').executeTakeFirstOrThrow()
      expect([...text].sort().join('')).toBe('abcd')
    })

    it('lets those who lock a table first decide one after the other', async () => {
      const takeNext = () =>
        database.transaction(async (tx) => {
          await tx.lock('note')
          const id = Math.max(0, ...(await noteIds(tx.query))) + 1
          await new Promise((resolve) => setImmediate(resolve))
          await addNote(tx.query, id)
        })
      await Promise.all([takeNext(), takeNext(), takeNext()])
      expect(await noteIds(database.query)).toEqual([1, 2, 3])
    })

    it('shows a query nothing of a transaction that is under way', async () => {
      const release = Promise.withResolvers<void>()
      const writing = database.transaction(async (tx) => {
        await addNote(tx.query, 1)
        await release.promise
        throw new Error('given up')
      })
      const reading = noteIds(database.query)
      release.resolve()
      await expect(writing).rejects.toThrow('given up')
      expect(await reading).toEqual([])
    })

    it('refuses its own handle inside its transaction instead of hanging', async () => {
      const misuse = database.transaction(async (tx) => {
        await addNote(tx.query, 1)
        await addNote(database.query, 2)
      })
      await expect(misuse).rejects.toMatchObject({ code: 'database.turn-timeout' })
      expect(await noteIds(database.query)).toEqual([])
    })

    it('refuses the handle of a transaction that is over', async () => {
      const handle = await database.transaction(async (tx) => tx)
      await expect(noteIds(handle.query)).rejects.toMatchObject({ code: 'database.transaction-over' })
      expect(() => handle.afterCommit(() => {})).toThrow(expect.objectContaining({ code: 'database.transaction-over' }))
    })

    it('calls hooks after the commit, and never after a rollback', async () => {
      const calls: string[] = []
      await database.transaction(async (tx) => {
        tx.afterCommit(() => calls.push('committed'))
        await addNote(tx.query, 1)
        expect(calls).toEqual([])
      })
      const failing = database.transaction(async (tx) => {
        tx.afterCommit(() => calls.push('never'))
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(calls).toEqual(['committed'])
    })

    it('counts what is in use and what waits, and is idle again in the end', async () => {
      const { limit } = database.connections()
      const release = Promise.withResolvers<void>()
      const begun: Promise<void>[] = []
      const working = Array.from({ length: limit }, () => {
        const { promise, resolve } = Promise.withResolvers<void>()
        begun.push(promise)
        return database.transaction(async () => {
          resolve()
          await release.promise
        })
      })
      await Promise.all(begun)
      const late = noteIds(database.query)
      await until('it waits', () => database.connections().waiting === 1)
      const atMost = database.connections()
      release.resolve()
      expect(atMost).toEqual({ limit, idle: 0, inUse: limit, waiting: 1 })
      await Promise.all([...working, late])
      expect(database.connections()).toMatchObject({ inUse: 0, waiting: 0 })
    })

    it('finishes what was asked for before it closes, and refuses what comes later', async () => {
      const writing = database.transaction(async (tx) => {
        await new Promise((resolve) => setImmediate(resolve))
        await addNote(tx.query, 1)
        return noteIds(tx.query)
      })
      await Promise.all([database.close(), database.close()])
      expect(await writing).toEqual([1])
      await expect(noteIds(database.query)).rejects.toMatchObject({ code: 'database.closed' })
    })
  })
}
