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

    it('runs transactions one after the other, in the order asked for', async () => {
      const steps: string[] = []
      const step = (name: string) =>
        database.transaction(async (tx) => {
          steps.push(`${name} begins with ${await noteIds(tx.query)}`)
          await addNote(tx.query, steps.length)
          await new Promise((resolve) => setImmediate(resolve))
        })
      await Promise.all([step('first'), step('second'), step('third')])
      expect(steps).toEqual(['first begins with ', 'second begins with 1', 'third begins with 1,2'])
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
