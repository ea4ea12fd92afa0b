import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explorerStateOf, isEntrance, modes, paramsOf, standardSides } from './explorer-state.ts'

const side = fc.record({
  mode: fc.constantFrom(...modes),
  encoder: fc.constantFrom('serving', 'none', 'catalogue-12ab.3'),
  policy: fc.constantFrom('published', 'draft', 'v1', 'v42'),
  understand: fc.boolean(),
  filters: fc.uniqueArray(fc.constantFrom('brand:Acme', 'price:10..50', 'category:A > B', 'brand:Bolt: the 2nd')),
})
const state = fc.record({
  q: fc.string({ unit: 'grapheme' }),
  product: fc.string({ unit: 'grapheme' }),
  region: fc.constantFrom('', 'SP', 'BR-11'),
  left: side,
  right: side,
})

describe('what the explorer compares', () => {
  it('stands in the address, whole', () => {
    fc.assert(
      fc.property(state, (compared) => {
        expect(explorerStateOf(paramsOf(compared))).toEqual(compared)
      }),
    )
  })

  it('is left out of the address where it is as at the beginning', () => {
    expect(paramsOf({ q: '', product: '', region: '', ...standardSides })).toEqual({})
    expect(isEntrance(explorerStateOf({}))).toBe(true)
  })

  it('falls back to the beginning where an address cannot be meant', () => {
    const nonsense = {
      q: ['a', 'b'],
      left: 'magic',
      leftEncoder: '../x',
      rightPolicy: 'v0',
      region: 'sp; drop',
      leftFilter: [':', 'brand:'],
    }
    expect(explorerStateOf(nonsense)).toEqual({ q: 'b', product: '', region: '', ...standardSides })
  })

  it('takes numbers and truths of an address as the text that they were', () => {
    expect(explorerStateOf({ q: 501, product: true })).toMatchObject({ q: '501', product: 'true' })
  })
})
