import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CatalogueState,
  catalogueStateOf,
  filterFields,
  paramsOf,
  sortOrders,
  valuesOf,
  withValues,
} from './catalogue-state.ts'

const filter = fc.constantFrom('brand:Acme', 'category:A > B', 'language:ko', 'seller:Bolt: the 2nd')
const state: fc.Arbitrary<CatalogueState> = fc.record({
  q: fc.string({ unit: 'grapheme', maxLength: 40 }),
  filters: fc.uniqueArray(filter),
  sort: fc.constantFrom(...sortOrders),
  page: fc.integer({ min: 1, max: 1_000 }),
  product: fc.string({ unit: 'grapheme', maxLength: 40 }),
})

describe('what the catalogue lists', () => {
  it('stands in the address, whole', () => {
    fc.assert(
      fc.property(state, (listed) => {
        expect(catalogueStateOf(paramsOf(listed))).toEqual(listed)
      }),
    )
  })

  it('is left out of the address where it is as at the beginning', () => {
    expect(paramsOf(catalogueStateOf({}))).toEqual({})
  })

  it('falls back to the beginning where an address cannot be meant', () => {
    const nonsense = {
      filter: ['brand:', 'price:1..2', ':x', 7],
      sort: 'magic',
      page: '-3',
      product: 'x'.repeat(513),
    }
    expect(catalogueStateOf(nonsense)).toEqual(catalogueStateOf({}))
  })

  it('takes numbers and truths of an address as the text that they were', () => {
    expect(catalogueStateOf({ q: 501, product: true, filter: 'language:ko' })).toMatchObject({
      ...{ q: '501', product: 'true', filters: ['language:ko'] },
    })
  })

  it('narrows by the values of one field and leaves the other fields alone', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(filter),
        fc.constantFrom(...filterFields),
        fc.uniqueArray(fc.string()),
        (filters, field, values) => {
          const changed = withValues(filters, field, values)
          expect(valuesOf(changed, field)).toEqual(values)
          for (const other of filterFields.filter((each) => each !== field))
            expect(valuesOf(changed, other)).toEqual(valuesOf(filters, other))
        },
      ),
    )
  })
})
