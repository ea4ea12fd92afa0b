import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalProduct, contentOf, productOf } from './product-content.ts'

const hashOf = (fields: Parameters<typeof aProduct>[0]) => contentOf(canonicalProduct(aProduct(fields))).hash

it('is the same in whatever order attributes are written', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,4}$/), { maxLength: 6 })
  fc.assert(
    fc.property(names, fc.func(fc.integer()), (order, keyOf) => {
      const attributes = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, [`value ${key}`]]))
      const shuffled = [...order].sort((a, b) => keyOf(a) - keyOf(b))
      expect(hashOf({ id: 'a', attributes: attributes(shuffled) })).toBe(
        hashOf({ id: 'a', attributes: attributes(order) }),
      )
    }),
  )
})

it('differs with every field but the dates', () => {
  const plain = hashOf({ id: 'a' })
  const changes = [
    { id: 'b' },
    { title: 'Other' },
    { description: 'x' },
    { brand: 'x' },
    { categoryPath: ['x'] },
    { attributes: { x: ['y'] } },
    { price: { amount: 1, currency: 'EUR' } },
    { images: ['https://x.example'] },
    { seller: 'x' },
    { language: 'en' },
    { rating: { average: 1, count: 1 } },
    { reviews: ['x'] },
    { active: false },
  ]
  expect(new Set([plain, ...changes.map((change) => hashOf({ id: 'a', ...change }))]).size).toBe(changes.length + 1)
  expect(hashOf({ id: 'a', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' })).toBe(plain)
})

it('gives the product back with its dates', () => {
  const dates = { createdAt: '2025-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }
  for (const reviews of [[], ['Fits well', '']]) {
    const product = canonicalProduct(aProduct({ id: 'a', title: '가방 "x"', reviews, ...dates }))
    expect(productOf(contentOf(product).text, dates.createdAt, dates.updatedAt)).toEqual(product)
  }
})

it('reads what was stored before products had reviews, and takes the same product for unchanged', () => {
  const stored =
    '{"id":"kettle-7","title":"Kettle","description":"","brand":"Acme","categoryPath":["Kitchen"],"attributes":{"colour":["red"]},"price":{"amount":3990,"currency":"EUR"},"images":[],"seller":null,"language":"en","rating":null,"active":true,"createdAt":null,"updatedAt":null}'
  const [createdAt, updatedAt] = ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z']
  const product = productOf(stored, createdAt, updatedAt)
  expect(product).toEqual(
    aProduct({
      ...{ id: 'kettle-7', title: 'Kettle', brand: 'Acme', categoryPath: ['Kitchen'], attributes: { colour: ['red'] } },
      ...{ price: { amount: 3990, currency: 'EUR' }, language: 'en', reviews: [], createdAt, updatedAt },
    }),
  )
  expect(contentOf(canonicalProduct(product)).text).toBe(stored)
})
