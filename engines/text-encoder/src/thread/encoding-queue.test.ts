import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { EncoderText, TextEncoder } from '../text-encoder.ts'
import { product } from '../transformer/model-folder.fixture.ts'
import { encodingQueue } from './encoding-queue.ts'

/** Encodes a text as its number; writes down what it is asked for, and fails on "bad". */
function numberEncoder() {
  const asked: string[] = []
  const encode = async (texts: readonly string[]) => {
    asked.push(texts.join(' '))
    await setImmediate()
    if (texts.includes('bad')) throw new Error('cannot read "bad"')
    return Float32Array.from(texts, Number)
  }
  const encoder: TextEncoder = {
    description: { encoder: 'numbers', kind: 'catalogue', name: 'Numbers', dimensions: 1, languages: null },
    encodeProducts: (products: readonly EncoderText[]) => encode(products.map(({ title }) => title)),
    encodeQueries: encode,
    close: async () => {},
  }
  return { asked, queue: encodingQueue(encoder) }
}
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => String(from + at))
const products = (titles: readonly string[]) => titles.map((title) => product(title))

it('answers vectors in the order of the texts, whatever their lengths', async () => {
  const { queue, asked } = numberEncoder()
  const texts = ['1000', '1', '100', '10', ...numbers(100, 120)]
  expect(await queue.products(products(texts))).toEqual(Float32Array.from(texts, Number))
  expect(await queue.queries(texts)).toEqual(Float32Array.from(texts, Number))
  expect(Math.max(...asked.map((piece) => piece.split(' ').length))).toBe(8)
  expect(await queue.products([])).toEqual(new Float32Array())
})

it('lets a query wait for one piece of the products at most', async () => {
  const { queue, asked } = numberEncoder()
  const catalogue = queue.products(products(numbers(100, 200)))
  while (asked.length < 3) await setImmediate()
  await queue.queries(['7'])
  expect(asked.slice(3)).toEqual(['7'])
  await catalogue
  expect(asked.length).toBe(Math.ceil(100 / 8) + 1)
})

it('does not hold up a small request behind a large one', async () => {
  const { queue, asked } = numberEncoder()
  const large = queue.queries(numbers(100, 200))
  await queue.queries(['7'])
  expect(asked.length).toBeLessThanOrEqual(3)
  await large
})

it('fails the request that cannot be encoded, and no other', async () => {
  const { queue } = numberEncoder()
  const [before, bad, after] = await Promise.allSettled([
    queue.queries(['1']),
    queue.queries(['bad']),
    queue.queries(['2']),
  ])
  expect([before.status, bad.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await queue.products(products(['3']))).toEqual(Float32Array.of(3))
})
