import { describe, expect, it } from 'vitest'
import { facetNames, facetRequest, facetsByName } from './facet-name.ts'

describe('facets', () => {
  it('are asked for by name', () => {
    for (const name of facetNames) expect(facetRequest(name)).toBeTypeOf('object')
    expect(facetRequest('attributes.Screen size')).toMatchObject({ kind: 'attribute', name: 'Screen size' })
    expect(facetRequest('attributes')).toMatchObject({ kind: 'attribute', name: null })
  })

  it.each(['colour', 'id', 'attributes.', 'Brand', 'constructor', '\ud800'])('of the name "%s" are refused', (name) => {
    expect(() => facetRequest(name)).toThrow(
      expect.objectContaining({ code: 'search.bad-facet', details: { valid: facetNames } }),
    )
  })

  it('are shown by the name each was asked for; `attributes` stands for as many as there are', () => {
    const brand = { kind: 'values', name: 'brand', values: [{ value: 'Acme', count: 2 }] } as const
    const colour = { kind: 'values', name: 'attributes.colour', values: [{ value: 'red', count: 1 }] } as const
    const size = { kind: 'values', name: 'attributes.size', values: [{ value: 'S', count: 1 }] } as const
    const nothing = { kind: 'values', name: 'seller', values: [] } as const
    const rating = { kind: 'ranges', name: 'rating', minimum: 2, maximum: 5, counts: [0, 0, 1, 0, 3] } as const
    const names = ['brand', 'attributes', 'seller', 'rating']
    expect(Object.fromEntries(facetsByName(names, [brand, colour, size, nothing, rating]))).toEqual({
      brand: [brand],
      attributes: [colour, size],
      seller: [],
      rating: [
        {
          kind: 'ranges',
          name: 'rating',
          minimum: 2,
          maximum: 5,
          ranges: [
            { from: 2, to: 3, count: 1 },
            { from: 4, to: null, count: 3 },
          ],
        },
      ],
    })
    expect(facetsByName(['attributes', 'brand'], [brand]).get('attributes')).toEqual([])
    expect(facetsByName([], []).size).toBe(0)
  })
})
