import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openLake } from '@eip/lake'
import { importProducts, rejectedRows } from '@eip/pipeline-products'
import { sharedData, temporaryDirectory } from '@eip/testkit'
import { expect, it } from 'vitest'
import { categoryRules, mapCatalogue, readOlist } from './index.ts'

const data = sharedData('olist-8k')

it('has a rule for every category of Olist, once', async () => {
  const rules = await categoryRules()
  expect(rules).toHaveLength(71)
  expect(new Set(rules.map(({ category }) => category)).size).toBe(71)
})

it.skipIf(!data.isThere)(
  `gives each product of Olist one of its category, the same with the same seed ${data.skipReason}`,
  async () => {
    using place = temporaryDirectory()
    const lake = await openLake(join(place.path, 'lake'), { memoryLimitMb: 256 })
    try {
      const file = join(place.path, 'catalogue.jsonl')
      const of = (id: string, title: string, category: string[]) => JSON.stringify({ id, title, category })
      const rows = [
        ...[of('duvet', 'Soft cover', ['Home & Living', 'Bedding']), of('toy', 'Bear', ['Toys & Games'])],
        ...[of('racket', 'A racket', ['Hobby', 'Sports gear']), of('watch', 'A watch with a strap', [])],
      ]
      writeFileSync(file, rows.join('\n'))
      const load = async (batch: readonly unknown[]) => ({
        created: batch.length,
        updated: 0,
        unchanged: 0,
        rejected: [],
      })
      const { part } = await importProducts({ file, lake, load })
      const { sources } = await readOlist({
        directory: data.path,
        lake,
        rejected: rejectedRows(join(place.path, 'r.jsonl')),
      })
      const map = (seed: number) => mapCatalogue({ lake, sources, catalogue: lake.source('products', part), seed })
      const first = await map(1)
      expect(first.products.size).toBe(5_460)
      const rules: Record<string, string[]> = {}
      for await (const found of lake.query(`SELECT DISTINCT category, product_id FROM ${first.source} ORDER BY ALL`))
        for (const { category, product_id } of found)
          rules[String(category)] = [...(rules[String(category)] ?? []), String(product_id)]
      expect(rules).toMatchObject({
        bed_bath_table: ['duvet'],
        toys: ['toy'],
        sports_leisure: ['racket'],
        watches_gifts: ['watch'],
      })
      expect(rules.auto).toEqual(['duvet', 'racket', 'toy', 'watch'])
      expect(first.sellers.size).toBe(4)
      expect((await map(1)).products).toEqual(first.products)
      expect((await map(2)).products).not.toEqual(first.products)
      expect(Object.values(first.counts).reduce((sum, count) => sum + count, 0)).toBe(5_460)
    } finally {
      await lake.close()
    }
  },
  60_000,
)
