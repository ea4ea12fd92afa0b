import type { Product } from '@eip/contracts'
import { describe, expect, it } from 'vitest'
import { productText, readProduct } from './product-text.ts'

const lamp: Product = {
  ...{ id: 'lamp-1', title: 'Lamp', description: '', brand: null, categoryPath: [], attributes: {}, price: null },
  ...{ images: [], seller: null, language: null, rating: null, reviews: [], active: true },
  ...{ createdAt: null, updatedAt: null },
}

describe('a product as text', () => {
  it('is read back as it was', () => {
    expect(readProduct(productText(lamp), 'lamp-1')).toEqual({ outcome: 'product', product: lamp })
  })

  it.each(['', '{', '{"id":"lamp-1",}'])('is told to be no JSON, with the reason: %s', (text) => {
    expect(readProduct(text, 'lamp-1')).toMatchObject({ outcome: 'not-json', reason: expect.stringMatching(/\S/) })
  })

  it.each(['[1]', '"text"', 'null', '12', 'true'])('is told to be no object: %s', (text) => {
    expect(readProduct(text, 'lamp-1')).toEqual({ outcome: 'not-an-object' })
  })

  it.each(['{"id":"lamp-2"}', '{"title":"Lamp"}', '{"id":1}'])('does not become another product: %s', (text) => {
    expect(readProduct(text, 'lamp-1')).toEqual({ outcome: 'other-id' })
  })
})
