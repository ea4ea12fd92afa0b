import { expect, test } from 'vitest'
import { partitionOf } from './partition.ts'

test('keys keep the partitions that stored logs have them in', () => {
  const keys = ['', 'a', 'product-1', 'product-2', '상품-1', 'B00004RE0H', '🛒']
  expect(keys.map((key) => partitionOf(key, 8))).toMatchInlineSnapshot(`
    [
      3,
      3,
      0,
      4,
      6,
      1,
      5,
    ]
  `)
  expect(keys.map((key) => partitionOf(key, 13))).toMatchInlineSnapshot(`
    [
      2,
      11,
      11,
      3,
      10,
      8,
      0,
    ]
  `)
})

test('keys that differ in their last characters spread evenly', () => {
  const counts = new Array<number>(8).fill(0)
  for (let n = 0; n < 8_000; n += 1) {
    const partition = partitionOf(`product-${n}`, 8)
    counts[partition] = (counts[partition] ?? 0) + 1
  }
  expect(Math.min(...counts)).toBeGreaterThan(800)
  expect(Math.max(...counts)).toBeLessThan(1_200)
})
