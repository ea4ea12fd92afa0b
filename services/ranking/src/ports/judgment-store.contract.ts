import { expect, it } from 'vitest'
import type { JudgmentSet } from '../domain/judged-query.ts'
import type { JudgmentStore } from './judgment-store.port.ts'

export type JudgmentStoreHarness = Readonly<{
  store: JudgmentStore
  reopen(): Promise<JudgmentStoreHarness>
  close(): Promise<void>
}>

const setOf = (grades: Readonly<Record<string, Readonly<Record<string, number>>>>): JudgmentSet =>
  new Map(Object.entries(grades).map(([query, products]) => [query, new Map(Object.entries(products))]))

/** Every law of the port, one test each. */
export function judgmentStoreContract(open: () => Promise<JudgmentStoreHarness>): void {
  const withStore = async (work: (harness: JudgmentStoreHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }

  it('begins with nothing', () =>
    withStore(async ({ store }) => {
      expect(await store.queries('', 10)).toEqual({ queries: [], total: 0 })
      expect(await store.gradesOf('sofa')).toEqual(new Map())
    }))

  it('replaces all that was judged before', () =>
    withStore(async ({ store }) => {
      await store.replace(setOf({ sofa: { a: 3, b: 0.5 }, tv: { c: 1 } }))
      expect(await store.gradesOf('sofa')).toEqual(
        new Map([
          ['a', 3],
          ['b', 0.5],
        ]),
      )
      await store.replace(setOf({ sofa: { d: 0 } }))
      expect(await store.gradesOf('sofa')).toEqual(new Map([['d', 0]]))
      expect(await store.gradesOf('tv')).toEqual(new Map())
      await store.replace(new Map())
      expect(await store.queries('', 10)).toEqual({ queries: [], total: 0 })
    }))

  it('tells the queries that begin so in order of their code points, the first of them, and counts all', () =>
    withStore(async ({ store }) => {
      const judged = { a: 1 }
      const texts = ['tv', 'tv stand', 'tV', '텔레비전', 'tv 📺', 'sofa', 'tv\u{10fffd}', 't%', 'tv_']
      await store.replace(setOf(Object.fromEntries(texts.map((text) => [text, judged]))))
      const { queries, total } = await store.queries('tv', 10)
      expect(queries.map(({ query }) => query)).toEqual(['tv', 'tv stand', 'tv 📺', 'tv_', 'tv\u{10fffd}'])
      expect(total).toBe(5)
      expect(await store.queries('텔', 10)).toEqual({ queries: [{ query: '텔레비전', judgments: 1 }], total: 1 })
      const cut = await store.queries('', 2)
      expect([cut.queries.map(({ query }) => query), cut.total]).toEqual([['sofa', 't%'], texts.length])
    }))

  it('shows readers all of what was before, or all of what is now', () =>
    withStore(async ({ store }) => {
      const many = (grade: number): JudgmentSet =>
        new Map([['sofa', new Map(Array.from({ length: 5_000 }, (_, at) => [`p${at}`, grade]))]])
      await store.replace(many(1))
      const replacing = store.replace(many(2))
      const seen = await Promise.all(Array.from({ length: 5 }, () => store.gradesOf('sofa')))
      await replacing
      for (const grades of seen) expect([new Set(grades.values()).size, grades.size]).toEqual([1, 5_000])
      expect(new Set((await store.gradesOf('sofa')).values())).toEqual(new Set([2]))
    }))

  it('keeps what was before when a replacement fails', () =>
    withStore(async ({ store }) => {
      await store.replace(setOf({ sofa: { a: 1 } }))
      await expect(store.replace(setOf({ tv: { b: 1, c: Number.NaN } }))).rejects.toThrow()
      expect(await store.queries('', 10)).toEqual({ queries: [{ query: 'sofa', judgments: 1 }], total: 1 })
    }))

  it('is durable', async () => {
    const before = await open()
    await before.store.replace(setOf({ sofa: { a: 1, b: 2 } }))
    const after = await before.reopen()
    expect(await after.store.queries('', 10)).toEqual({ queries: [{ query: 'sofa', judgments: 2 }], total: 1 })
    await after.close()
  })
}
