import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stockRowSchema } from '@eip/contracts'
import { rejectedRows } from '@eip/pipeline-products'
import { temporaryDirectory } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Counted } from '../shop-supply.ts'
import { generatedStock, generateStock, importStock } from './stock-rows.ts'

/** Inventory in memory, with the answers of the real one. */
function memorySupply() {
  const stock = new Map<string, string>()
  const operations = new Set<string>()
  return {
    stock,
    operations,
    async countStock({ operationId, rows }: Counted) {
      operations.add(operationId)
      const outcome = {
        changed: 0,
        unchanged: 0,
        rejected: [] as { index: number; productId: null; field: string; reason: string }[],
      }
      for (const [index, row] of rows.entries()) {
        const { data, error } = stockRowSchema.safeParse(row)
        const [issue] = error?.issues ?? []
        if (!data)
          outcome.rejected.push({ index, productId: null, field: String(issue?.path[0]), reason: issue?.message ?? '' })
        else if (stock.get(data.productId) === JSON.stringify(data)) outcome.unchanged++
        else {
          outcome.changed++
          stock.set(data.productId, JSON.stringify(data))
        }
      }
      return outcome
    },
    listStock: async () => ({ stock: [...stock.keys()].map((productId) => ({ productId })) as never[], next: null }),
  }
}

it('counts the good rows of a file and sets the others aside with line, field and reason', async () => {
  using place = temporaryDirectory()
  const file = join(place.path, 'stock.csv')
  const rows = [
    'a,main,3,1,0.5',
    '"b,1","north, hall",2,,',
    'c,,-1,,',
    'd,,1.5,,',
    'e,,many,,',
    'f,,1',
    'g,,,,',
    'h,,7,,x',
  ]
  writeFileSync(file, `\ufeffproduct_id,place,on_hand,low_stock_at,daily_sales\r\n${rows.join('\r\n')}\r\n`)
  const supply = memorySupply()
  const rejected = rejectedRows(join(place.path, 'rejected.jsonl'))
  const told = await importStock({ file, supply, rejected })
  expect(told).toMatchObject({ read: 8, changed: 2, unchanged: 0, setAside: 6 })
  expect(told.first.map(({ line, field }) => [line, field])).toEqual([
    [7, 'row'],
    [4, 'on_hand'],
    [5, 'on_hand'],
    [6, 'on_hand'],
    [8, 'on_hand'],
    [9, 'daily_sales'],
  ])
  expect(told.first[1]?.reason).toBe('line 4: on_hand must be 0 or more')
  expect(JSON.parse(supply.stock.get('b,1') ?? '')).toMatchObject({ place: 'north, hall', onHand: 2, dailySales: null })
  await importStock({ file, supply, rejected })
  expect(supply.operations.size).toBe(1)
})

it('names the column that a file of stock lacks', async () => {
  using place = temporaryDirectory()
  const file = join(place.path, 'stock.csv')
  writeFileSync(file, 'sku,on_hand\na,1\n')
  const rejected = rejectedRows(join(place.path, 'rejected.jsonl'))
  await expect(importStock({ file, supply: memorySupply(), rejected })).rejects.toThrow(/" has no column product_id/)
  writeFileSync(file, '')
  await expect(importStock({ file, supply: memorySupply(), rejected })).rejects.toThrow(/is empty/)
})

it('makes up stock that inventory takes, the same with the same seed, at most sixty days of sales', () => {
  const rate = fc.option(fc.double({ min: 0.0001, max: 1_000, noNaN: true }))
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 20 }).filter((id) => /^[!-~]+$/.test(id)),
      rate,
      fc.nat(),
      (id, sales, seed) => {
        const row = stockRowSchema.parse(generatedStock(id, sales, seed))
        expect(row).toEqual(stockRowSchema.parse(generatedStock(id, sales, seed)))
        expect(row.onHand).toBeLessThanOrEqual(Math.max(1, Math.ceil(60 * (sales ?? 1))))
      },
    ),
  )
})

it('makes up stock only for products that have none, some of them sold out', async () => {
  const supply = memorySupply()
  await supply.countStock({ operationId: 'x', rows: [{ productId: 'p0', onHand: 5 }] })
  const products = Array.from({ length: 2_500 }, (_, place) => `p${place}`)
  const made = { products, rates: new Map([['p1', 4]]), supply, seed: 1 }
  expect(await generateStock(made)).toEqual({ generated: 2_499, hadStock: 1 })
  expect(await generateStock(made)).toEqual({ generated: 0, hadStock: 2_500 })
  const none = [...supply.stock.values()].filter((row) => (JSON.parse(row) as { onHand: number }).onHand === 0).length
  expect(none).toBeGreaterThan(50)
  expect(none).toBeLessThan(250)
  expect(JSON.parse(supply.stock.get('p0') ?? '')).toMatchObject({ onHand: 5 })
})
