import { describe, expect, it } from 'vitest'
import { cancelled, failed, type ImportRecord, newImport } from '../domain/import-record.ts'
import type { ImportBook } from './import-book.port.ts'

/** A book under test; `reopen` leaves it as after a crash: only what was durable is there. */
export type ImportBookHarness = Readonly<{
  book: ImportBook
  reopen(): Promise<ImportBookHarness>
  close(): Promise<void>
}>

const recordOf = (id: string, fields: Partial<ImportRecord> = {}): ImportRecord => ({
  ...newImport({
    ...{ id, fileName: `${id}.jsonl`, bytes: 100, startedBy: 'kim', now: Date.UTC(2026, 0, 1) },
    options: { map: ['title=name'], ignore: ['*'], currency: 'KRW' },
  }),
  ...fields,
})

const idsOf = (records: readonly ImportRecord[]) => records.map(({ id }) => id)

/** Every adapter keeps these laws. */
export function importBookContract(open: () => Promise<ImportBookHarness>): void {
  const withBook = async (work: (book: ImportBook) => Promise<void>) => {
    const harness = await open()
    await work(harness.book).finally(() => harness.close())
  }

  describe('import book', () => {
    it('gives a record back as it was saved last', () =>
      withBook(async (book) => {
        const record = recordOf('a', { fileName: '가방 "1";\u2028.gz', repaired: { 'title: HTML': 7 } })
        await book.save(record)
        expect(await book.read('a')).toEqual(record)
        const later = failed({ ...record, received: 50 }, 'it broke off', Date.UTC(2026, 0, 2))
        await book.save(later)
        expect(await book.read('a')).toEqual(later)
        expect(await book.read('b')).toBeNull()
      }))

    it('lets the last of many saves stand', () =>
      withBook(async (book) => {
        await Promise.all(Array.from({ length: 50 }, (_, received) => book.save(recordOf('a', { received }))))
        expect(await book.read('a')).toMatchObject({ received: 49 })
      }))

    it('knows the newest, and those that are not over', () =>
      withBook(async (book) => {
        await book.save(recordOf('b', { state: 'running' }))
        await book.save(recordOf('a'))
        await book.save(recordOf('c', { state: 'waiting' }))
        for (const state of ['done', 'failed'] as const) await book.save(recordOf(`d-${state}`, { state }))
        expect(idsOf(await book.unfinished())).toEqual(['a', 'b', 'c'])
        await book.save(cancelled(recordOf('a'), 1))
        expect(idsOf(await book.unfinished())).toEqual(['b', 'c'])
        expect(idsOf(await book.newest(3))).toEqual(['d-failed', 'd-done', 'c'])
        expect(idsOf(await book.newest(100))).toHaveLength(5)
      }))

    it('is durable', async () => {
      const before = await open()
      await before.book.save(recordOf('a', { received: 10 }))
      const after = await before.reopen()
      expect(await after.book.unfinished()).toEqual([recordOf('a', { received: 10 })])
      await after.close()
    })
  })
}
