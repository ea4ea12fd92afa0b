import { describe, expect, it } from 'vitest'
import { type ServedProduct, servedRows } from './served-rows.ts'

const rates = { score: 0.9, delayRate: 0.1, returnRate: 0.02, shortageRate: 0, leadTimeDays: 7.5, coverage: null }
const served: ServedProduct = {
  view: {
    ...{ id: 'a', version: 3, hash: 'abcd', isFound: true },
    stock: { version: 8, atp: 5, daysOfCover: 2.5 },
    logistics: { version: 2, ...rates },
  },
  catalogue: { version: 3, hash: 'abcdef', isActive: true },
  stock: { version: 8, atp: 5, daysOfCover: 2.5 },
  logistics: {
    ...rates,
    ...{ version: 2, cancellationRate: 0, seller: 'S', sellerRegion: 'SP', regions: null },
  },
}
const different = (given: ServedProduct) =>
  servedRows(given)
    .filter(({ isSame }) => !isSame)
    .map(({ owner, field }) => `${owner}.${field}`)

describe('a product as it is served beside the truth', () => {
  it('is the same where the view has followed', () => {
    expect(different(served)).toEqual([])
    expect(servedRows(served)).toHaveLength(13)
  })

  it('differs by the values that the view has not got yet', () => {
    const sold = { ...served, stock: { version: 9, atp: 0, daysOfCover: 0 } }
    expect(different(sold)).toEqual(['stock.version', 'stock.atp', 'stock.daysOfCover'])
  })

  it('tells what is served though it is not sold any more, and the other way round', () => {
    const deleted = { ...served, catalogue: { version: 4, hash: null, isActive: false } }
    expect(different(deleted)).toEqual(['catalogue.version', 'catalogue.hash', 'catalogue.isActive'])
    expect(different({ ...served, view: null })).toEqual(expect.arrayContaining(['catalogue.isActive', 'stock.atp']))
  })

  it('takes a rounding for none, and nothing on both sides for the same', () => {
    const rounded = { ...served, view: { ...served.view!, stock: { version: 8, atp: 5, daysOfCover: 2.5000001 } } }
    expect(different(rounded)).toEqual([])
    const nothing = { view: null, catalogue: null, stock: null, logistics: null }
    expect(different(nothing)).toEqual([])
  })
})
