import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import { contentHash } from '../content-hash.ts'
import type { HeldVersion, ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'
import { changesOf, withIndex } from './requests.ts'

const product = aProduct({ id: 'a', title: 'plum', language: 'en' })

async function all({ writer: { held } }: ProductIndex, limit: number): Promise<HeldVersion[]> {
  const versions: HeldVersion[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await held.after(cursor, limit)
    expect(page.versions.length).toBeLessThanOrEqual(limit)
    versions.push(...page.versions)
    if (page.next === null) return versions
    cursor = page.next
  }
}

export function heldLaws(openHarness: OpenHarness): void {
  it('tells version, content and whether it is found, of deleted and inactive products too', () =>
    withIndex(openHarness, async (index) => {
      const inactive = { ...product, id: 'inactive', active: false }
      await index.writer.apply([...changesOf([product, inactive], 3), { id: 'gone', version: 4, product: null }], {})
      const expected = [
        { id: 'a', version: 3, hash: contentHash(product), isFound: true, owned: {} },
        { id: 'gone', version: 4, hash: null, isFound: false, owned: {} },
        { id: 'inactive', version: 3, hash: contentHash(inactive), isFound: false, owned: {} },
      ]
      expect((await all(index, 2)).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(expected)
      expect(await index.writer.held.of(['inactive', 'nobody', 'a'])).toEqual([expected[2], expected[0]])
      expect(await index.writer.held.of([])).toEqual([])
    }))

  it('tells of content alone: dates and an older change alter nothing, a newer one does', () =>
    withIndex(openHarness, async (index) => {
      const [dated, renamed] = [
        { ...product, updatedAt: '2026-01-01T00:00:00.000Z' },
        { ...product, title: 'kiwi' },
      ]
      await index.writer.apply(changesOf([dated], 2), {})
      await index.writer.apply(changesOf([renamed], 1), {})
      expect(await index.writer.held.of(['a'])).toMatchObject([{ version: 2, hash: contentHash(product) }])
      await index.writer.apply(changesOf([renamed], 3), {})
      expect(await index.writer.held.of(['a'])).toMatchObject([{ version: 3, hash: contentHash(renamed) }])
    }))

  it('tells what each owner of columns last said, of products too that never came or are gone', () =>
    withIndex(openHarness, async ({ writer }) => {
      await writer.apply([...changesOf([product]), { id: 'gone', version: 4, product: null }], {})
      await writer.applyColumns(
        [
          { owner: 'inventory', id: 'a', version: 2, numbers: { atp: 0, daysOfCover: null } },
          { owner: 'logistics', id: 'a', version: 9, numbers: { logisticsScore: 0.5, coverage: 2 ** 52 - 1 } },
          { owner: 'inventory', id: 'never', version: 7, numbers: { atp: 3, daysOfCover: 1.5 } },
          { owner: 'inventory', id: 'gone', version: 8, numbers: null },
        ],
        {},
      )
      const never = { inventory: { version: 7, numbers: { atp: 3, daysOfCover: 1.5 } } }
      expect(await writer.held.of(['never', 'a', 'gone', 'nobody'])).toMatchObject([
        { id: 'never', version: 0, hash: null, isFound: false, owned: never },
        {
          ...{ id: 'a', version: 1, isFound: true },
          owned: {
            inventory: { version: 2, numbers: { atp: 0 } },
            logistics: { version: 9, numbers: { logisticsScore: 0.5, coverage: 2 ** 52 - 1 } },
          },
        },
        { id: 'gone', version: 4, owned: { inventory: { version: 8, numbers: {} } } },
      ])
      expect((await writer.held.after(null, 1_000)).versions.map(({ id }) => id).toSorted()).toEqual([
        ...['a', 'gone', 'never'],
      ])
    }))

  it('pages through every id once, while changes are applied, and as before after a restart', async () => {
    await using harness = openHarness()
    const index = await harness.open()
    const ids = Array.from({ length: 25 }, (_, i) => `p${i}`)
    await index.writer.apply(changesOf(ids.map((id) => ({ ...product, id }))), {})
    const { versions, next } = await index.writer.held.after(null, 10)
    await index.writer.apply(
      changesOf(
        ids.toReversed().map((id) => ({ ...product, id, title: 'kiwi' })),
        2,
      ),
      {},
    )
    const rest = [...versions.map(({ id }) => id)]
    for (let cursor = next; cursor !== null; ) {
      const page = await index.writer.held.after(cursor, 10)
      rest.push(...page.versions.map(({ id }) => id))
      cursor = page.next
    }
    expect(rest.toSorted()).toEqual(ids.toSorted())
    const before = await all(index, 1_000)
    await index.close()
    const again = await harness.open()
    expect(await all(again, 7)).toEqual(before)
    await again.close()
  })
}
