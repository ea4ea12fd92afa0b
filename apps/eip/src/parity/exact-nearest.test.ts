import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { cosinesTo, exactlyNearest, floorOf } from './exact-nearest.ts'

const catalogue = {
  encoder: 'test',
  dimensions: 2,
  values: Float32Array.of(1, 0, 0, 1, 0, 0, 3, 4),
}
const products = ['east', 'north', 'unread', 'between'].map((id, at) =>
  aProduct({ id, brand: id, price: at === 3 ? null : { amount: 1_000 * (at + 1), currency: 'USD' } }),
)

describe('what is exactly nearest', () => {
  const cosines = cosinesTo(catalogue, Float32Array.of(1, 0))

  it('is told by the cosine to every vector, and a product without one has none', () => {
    expect([...cosines]).toEqual([1, 0, Number.NaN, expect.closeTo(0.6, 6)])
  })

  it('is limited by number, floor and filters', () => {
    const nearest = (wanted: Partial<Parameters<typeof exactlyNearest>[2]>) =>
      exactlyNearest(products, cosines, { nearest: 10, floor: -1, filters: [], ...wanted }).sure
    expect(nearest({})).toEqual(['east', 'between', 'north'])
    expect(nearest({ nearest: 2 })).toEqual(['east', 'between'])
    expect(nearest({ floor: 0.5 })).toEqual(['east', 'between'])
    expect(nearest({ filters: [{ kind: 'range', column: 'price', minimum: null, maximum: 15 }] })).toEqual(['east'])
    expect(nearest({ filters: [{ kind: 'keyword', column: 'brand', anyOf: ['north'] }] })).toEqual(['north'])
  })

  it('sets apart what lies on the border: either answer is right', () => {
    const equals = Float64Array.of(0.5, 0.5001, 0.9, 0.1)
    expect(exactlyNearest(products, equals, { nearest: 2, floor: -1, filters: [] })).toEqual({
      sure: ['unread'],
      border: new Set(['north', 'east']),
    })
    expect(exactlyNearest(products, equals, { nearest: 10, floor: 0.1001, filters: [] })).toEqual({
      sure: ['unread', 'north', 'east'],
      border: new Set(['between']),
    })
  })

  it('begins where a product stands out among all', () => {
    expect(floorOf(Float64Array.of(0, 0, Number.NaN, 0, 0))).toBe(0)
    expect(floorOf(new Float64Array(0))).toBe(0)
    const one = Float64Array.from({ length: 100 }, (_, at) => (at === 0 ? 1 : 0))
    expect(floorOf(one)).toBeLessThan(1)
    expect(floorOf(one)).toBeGreaterThan(0.3)
  })
})
