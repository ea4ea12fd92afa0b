import { searchContract } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptySearch,
  formatParams,
  isEntrance,
  pageSize,
  paramsOf,
  parseParams,
  type SearchState,
  searchStateOf,
  sortOrders,
} from './search-state.ts'

const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength }).filter((each) => each.isWellFormed())
/** Any UTF-16, halves of pairs included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes))
const filter = fc
  .tuple(fc.constantFrom('brand', 'category', 'attributes.colour', 'attributes.a:b'), text(40))
  .filter(([, value]) => value.trim() !== '')
  .map(([field, value]) => `${field}:${value}`)
const states: fc.Arbitrary<SearchState> = fc.record({
  q: text(200),
  filters: fc.uniqueArray(filter, { maxLength: 6 }),
  sort: fc.constantFrom(...sortOrders),
  page: fc.integer({ min: 1, max: 1_000 }),
  scores: fc.boolean(),
  region: fc.constantFrom('', 'SP', 'BR-RJ'),
  exact: fc.boolean(),
})

const written = (state: SearchState) => formatParams(paramsOf(state))
const read = (search: string) => searchStateOf(parseParams(search))

describe('the address of a search', () => {
  it('says all of it: read again, it is the same search', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(read(written(state))).toEqual(state)
      }),
    )
  })

  it('is readable, and leaves out what stands for itself', () => {
    expect(written(emptySearch)).toBe('')
    const state = { ...emptySearch, q: 'red kettle', filters: ['brand:Acme', 'price:10..50'], page: 2 }
    expect(written(state)).toBe('?q=red+kettle&filter=brand:Acme&filter=price:10..50&page=2')
  })

  it('is mended where somebody mistyped it: whatever it says, there is a search that the gateway takes', () => {
    const params = fc.dictionary(
      fc.constantFrom('q', 'filter', 'sort', 'page', 'scores', 'region', 'exact', 'other'),
      fc.oneof(anyText, fc.array(anyText)),
    )
    const input = searchContract.search['~orpc'].inputSchema!
    fc.assert(
      fc.property(params, (given) => {
        const { q, filters, sort, page, region } = searchStateOf(given)
        const where = region === '' ? {} : { region }
        const asked = input.safeParse({ query: q, filters: [...filters], sort, page, size: pageSize, ...where })
        expect(asked.error).toBeUndefined()
      }),
    )
  })

  it('knows the entrance from a search', () => {
    expect(isEntrance(read('?scores=1'))).toBe(true)
    expect(isEntrance(read('?q=+'))).toBe(true)
    expect(['?q=a', '?filter=brand:A', '?page=2', '?sort=price'].map(read).some(isEntrance)).toBe(false)
  })
})
