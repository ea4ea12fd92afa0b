import { describe, expect, it } from 'vitest'
import { readAmazonCategory } from './amazon-category.ts'
import { readAmazonPrice } from './amazon-price.ts'
import { readAmazonLine } from './amazon-row.ts'

const read = (row: object | string) => {
  const text = typeof row === 'string' ? row : JSON.stringify(row)
  const outcome = readAmazonLine(text, { currency: 'USD', language: 'en' })
  if (outcome.outcome === 'rejected') throw new Error(outcome.reason)
  return outcome
}

describe('metadata', () => {
  it('of 2014 is read from Python literals and from JSON', () => {
    const text = `{'asin': '0001048791', 'salesRank': {'Books': 6334800}, 'imUrl': 'http://x.test/51.jpg', 'categories': [['Books'], ['Books', 'Poetry']], 'title': "The Crucible: Performed by 'X'", 'price': 12.99, 'related': {'also_bought': ['B1']}, 'brand': 'Acme', 'description': 'A play.'}`
    expect(read(text).product).toMatchObject({
      id: '0001048791',
      title: "The Crucible: Performed by 'X'",
      description: 'A play.',
      brand: 'Acme',
      categoryPath: ['Books', 'Poetry'],
      price: { amount: 1299, currency: 'USD' },
      images: ['http://x.test/51.jpg'],
      language: 'en',
      rating: null,
    })
    expect(read({ asin: 'a', title: 't', categories: [['Books']], price: 5 }).product).toMatchObject({
      categoryPath: ['Books'],
      price: { amount: 500 },
    })
  })

  it('of 2018 is read with its lists, bullets and details', () => {
    const { product, repairs } = read({
      asin: 'B001',
      title: 'Serendipity 3 &amp; friends <i>Card</i>',
      description: ['First.', 'Second.'],
      feature: ['Never expires', 'First.'],
      category: ['Gift Cards', 'Gift Cards', 'Cards', '</span></span></span>', 'Cards'],
      main_cat: '<img src="x"/>',
      brand: '\n   by Visit',
      price: '$1,299.00',
      details: { '\n    Product Dimensions: \n    ': '3 x 2 in', 'ASIN: ': 'B001', 'Shipping Weight:': '3 oz' },
      imageURL: ['https://x.test/small.jpg'],
      imageURLHighRes: ['https://x.test/large.jpg', 'no address'],
    })
    expect(product).toMatchObject({
      title: 'Serendipity 3 & friends Card',
      description: 'First.\nSecond.\nNever expires',
      brand: 'Visit',
      categoryPath: ['Gift Cards', 'Cards'],
      attributes: { 'Product Dimensions': ['3 x 2 in'] },
      price: { amount: 129_900, currency: 'USD' },
      images: ['https://x.test/large.jpg'],
    })
    expect(repairs).toEqual([
      'category named twice in a row',
      'category path cut where product text begins',
      'image address that is none left out',
      'HTML in title reduced to its text',
    ])
  })

  it('of 2023 is read with its parent, images, store and own rating', () => {
    const row = {
      parent_asin: 'B0P',
      asin: 'B0C',
      main_category: 'All Beauty',
      title: 'Brush',
      average_rating: 4.6,
      rating_number: 384,
      features: ['Soft'],
      description: [],
      price: 'from 5.99',
      images: [{ thumb: 'https://x.test/t.jpg', large: 'https://x.test/l.jpg', variant: 'MAIN', hi_res: null }],
      store: 'Howard',
      categories: [],
      details: { Brand: 'LH', 'Best Sellers Rank': { Beauty: 1 }, Colour: 'Red' },
      bought_together: null,
    }
    expect(read(row)).toMatchObject({
      product: {
        id: 'B0P',
        brand: 'LH',
        categoryPath: ['All Beauty'],
        description: 'Soft',
        price: { amount: 599 },
        images: ['https://x.test/l.jpg'],
        attributes: { Brand: ['LH'], Colour: ['Red'] },
        rating: { average: 4.6, count: 384 },
      },
      repairs: ['price range read as its lower end'],
    })
    expect(read({ ...row, details: {}, rating_number: 0 }).product).toMatchObject({ brand: 'Howard', rating: null })
  })

  it('sets aside what has no asin, no title, or a script in its place', () => {
    const reason = (row: object | string) => () => read(row)
    expect(reason({ title: 'x' })).toThrow(/^asin is missing/)
    expect(reason({ parent_asin: '', title: 'x' })).toThrow(/^asin is missing/)
    expect(reason({ asin: 'a', title: '' })).toThrow(/^title is missing/)
    expect(reason({ asin: 'a', title: 'var aPageStart = (new Date()).getTime();' })).toThrow(/^title is missing/)
    expect(reason("{'asin': 'a', ")).toThrow(/neither JSON nor a Python literal/)
    expect(reason('[1]')).toThrow(/not an object/)
  })

  it('cuts what is too long rather than lose the product', () => {
    const { product, repairs } = read({
      asin: 'a',
      title: 't',
      description: 'x'.repeat(120_000),
      brand: 'b'.repeat(300),
      details: { Care: 'c'.repeat(2_000) },
    })
    expect([product.description.length, product.brand, product.attributes]).toEqual([100_000, null, {}])
    expect(repairs).toHaveLength(3)
  })
})

describe('prices', () => {
  it('are read where there is a number, and left out where there is none', () => {
    const price = (value: unknown) => readAmazonPrice(value).price
    expect([12.99, '$25.00', '$1,299.00', '  $7 ', '0.5'].map(price)).toEqual(['12.99', '25.00', '1299.00', '7', '0.5'])
    expect(['$5.00 - $9.00', '$5 – $9', 'from 5.99'].map(price)).toEqual(['5.00', '5', '5.99'])
    expect([null, undefined, '', 'None', '—'].map((value) => readAmazonPrice(value))).toEqual(
      Array(5).fill({ price: null, repair: null }),
    )
    for (const junk of ['.a-box-inner{background-color:#fff}', '\n\t\n', '$1.999', 'EUR 5', '-4', '$', '1,29'])
      expect(price(junk)).toBeNull()
    expect(readAmazonPrice('.a-box{}').repair).toBe('price that is not a number left out')
  })
})

describe('category paths', () => {
  it('end before product text and before they come back to themselves', () => {
    const path = (...names: string[]) => readAmazonCategory(names).path
    expect(path('Gift Cards', 'Gift Cards', 'No expiration, no fees.', 'More')).toEqual(['Gift Cards'])
    expect(path('A', 'B', 'A', 'C')).toEqual(['A', 'B'])
    expect(path('Arts &amp; Crafts', 'x'.repeat(61))).toEqual(['Arts & Crafts'])
    expect(path('Tubing, Pipe & Hose', 'Dr. Seuss', 'P.O. Boxes')).toEqual(['Tubing, Pipe & Hose'])
    expect(path()).toEqual([])
  })
})
