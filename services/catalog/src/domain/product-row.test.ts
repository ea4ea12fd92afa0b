import { productSchema } from '@eip/contracts'
import { describe, expect, it } from 'vitest'
import { readProductRow } from './product-row.ts'

/** `field: reason` of a row that is refused. */
function reasonFor(fields: Record<string, unknown>): string {
  const read = readProductRow({ id: 'a', title: 'Shoe', ...fields })
  return read.outcome === 'rejected' ? `${read.rejection.field}: ${read.rejection.reason}` : 'accepted'
}

describe('a row that is right', () => {
  it('needs an id and a title and gets the rest by default', () => {
    expect(readProductRow({ id: 'a', title: 'Shoe' })).toEqual({
      outcome: 'accepted',
      product: productSchema.parse({ id: 'a', title: 'Shoe' }),
    })
  })

  it('keeps HTML, control characters and every script in its description', () => {
    const description = '<p onclick="x()">Größe</p>\u0000\u001b[31m 가방 \u{1f45f}'
    expect(readProductRow({ id: 'a', title: 'Shoe', description })).toMatchObject({ product: { description } })
  })

  it('may have attributes named like parts of every object', () => {
    expect(reasonFor({ attributes: { constructor: ['x'], hasOwnProperty: ['y'] } })).toBe('accepted')
  })
})

describe('a row that is wrong', () => {
  it('is told which field is missing', () => {
    expect(readProductRow({ title: 'Shoe' })).toEqual({
      outcome: 'rejected',
      id: null,
      rejection: { field: 'id', reason: 'is missing' },
    })
    expect(readProductRow({ id: 'a' })).toMatchObject({ id: 'a', rejection: { field: 'title', reason: 'is missing' } })
  })

  it('is told the shape of a price', () => {
    const shape = 'write price as {"amount": 1250, "currency": "EUR"}, the amount in minor units (cents)'
    expect(reasonFor({ price: '12,50 €' })).toBe(`price: must be an object, not the text "12,50 €"; ${shape}`)
    expect(reasonFor({ price: 12.5 })).toBe(`price: must be an object, not 12.5; ${shape}`)
    expect(reasonFor({ price: { amount: '12.50', currency: 'EUR' } })).toBe(
      `price.amount: must be a number, not the text "12.50"; ${shape}`,
    )
    expect(reasonFor({ price: { amount: 12.5, currency: 'EUR' } })).toBe(
      `price.amount: must be a whole number, not 12.5; ${shape}`,
    )
    expect(reasonFor({ price: { amount: Number.NaN, currency: 'EUR' } })).toBe(
      `price.amount: must be a number, not NaN; ${shape}`,
    )
    expect(reasonFor({ price: { amount: 1 } })).toBe(`price.currency: is missing; ${shape}`)
    expect(reasonFor({ price: { amount: -1, currency: 'EUR' } })).toBe('price.amount: must be at least 0')
    expect(reasonFor({ price: { amount: 1, currency: 'eur' } })).toBe(
      'price.currency: must be the three capital letters of ISO 4217',
    )
  })

  it('is told the valid fields when it has an unknown one', () => {
    expect(reasonFor({ prize: 5 })).toBe(
      `prize: is not a field of a product; the fields are ${Object.keys(productSchema.shape).join(', ')}`,
    )
    expect(readProductRow(JSON.parse('{"id": "a", "title": "x", "__proto__": {}}'))).toMatchObject({
      rejection: { field: '__proto__' },
    })
  })

  it('is told the name of an attribute that would change an object', () => {
    const row = JSON.parse('{"id": "a", "title": "Shoe", "attributes": {"__proto__": ["x"], "colour": ["red"]}}')
    expect(readProductRow(row)).toMatchObject({
      rejection: { field: 'attributes', reason: 'the name "__proto__" is not allowed' },
    })
    expect(({} as Record<string, unknown>).colour).toBeUndefined()
  })

  it('is told where in its lists the fault is', () => {
    expect(reasonFor({ attributes: { colour: 'red' } })).toMatch(
      /^attributes\.colour: must be a list, not the text "red"; write attributes as \{"colour": \["red", "blue"\]\}/,
    )
    expect(reasonFor({ attributes: { colour: ['red', 'x'.repeat(1_001)] } })).toBe(
      'attributes.colour[1]: must have at most 1000 characters',
    )
    expect(reasonFor({ attributes: { colour: [] } })).toBe('attributes.colour: must have at least 1 entry')
    expect(reasonFor({ attributes: { '': ['x'] } })).toBe('attributes: the name "" is empty or has control characters')
    expect(reasonFor({ images: ['ftp://x'] })).toBe(
      'images[0]: must be an address that begins with http:// or https://',
    )
  })

  it('is told how reviews are written, and how many and how long they may be', () => {
    expect(reasonFor({ reviews: 'Fits well' })).toBe(
      'reviews: must be a list, not the text "Fits well"; write reviews as ["Fits well"]',
    )
    expect(reasonFor({ reviews: ['x', 5] })).toBe('reviews[1]: must be text, not 5; write reviews as ["Fits well"]')
    expect(reasonFor({ reviews: Array(21).fill('x') })).toBe('reviews: must have at most 20 entries')
    expect(reasonFor({ reviews: ['x'.repeat(2_001)] })).toBe('reviews[0]: must have at most 2000 characters')
    expect(reasonFor({ reviews: Array(20).fill('x'.repeat(2_000)) })).toBe('accepted')
  })

  it('is told of a category inside itself', () => {
    expect(reasonFor({ categoryPath: ['Shoes', 'Running', 'Shoes'] })).toBe(
      'categoryPath: names a category inside itself (a cycle)',
    )
  })

  it('is told of broken and control characters', () => {
    expect(reasonFor({ title: 'Sh\ud800e' })).toBe('title: has a broken character')
    expect(reasonFor({ description: '\udfff' })).toBe('description: has a broken character')
    expect(reasonFor({ title: 'Shoe\u0007' })).toBe('title: is empty or has control characters')
    for (const id of ['a b', 'a\u0000', '\ud800', 'a\n'])
      expect(reasonFor({ id })).toBe('id: must have no spaces or control characters')
  })

  it('is told how long is too long', () => {
    expect(reasonFor({ description: 'x'.repeat(100_000) })).toBe('accepted')
    expect(reasonFor({ description: 'x'.repeat(100_001) })).toBe('description: must have at most 100000 characters')
    expect(readProductRow({ id: 'x'.repeat(5_000), title: 'x' })).toMatchObject({ id: 'x'.repeat(128) })
  })

  it('is told how dates are written', () => {
    for (const createdAt of ['yesterday', '2024-13-01T00:00:00Z', '2024-01-01', '2024-01-01T00:00:00+09:00'])
      expect(reasonFor({ createdAt })).toBe('createdAt: must be a date and time in UTC, such as 2026-01-31T08:30:00Z')
  })

  it('is told several faults at once, five at most', () => {
    expect(reasonFor({ title: 5, active: 'yes' })).toBe(
      'title: must be text, not 5; also active: must be true or false, not the text "yes"',
    )
    const manyFaults = { title: 1, description: 1, brand: 1, seller: 1, language: 1, active: 1, images: 1 }
    expect(reasonFor(manyFaults).match(/; also /g)).toHaveLength(4)
  })
})
