import { productSchema } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFieldMapping } from './field-mapping.ts'
import { productLineConverter } from './json-line.ts'
import { reviewLimits } from './product-reviews.ts'
import { type ProductRowOptions, type RowOutcome, readProductRow } from './product-row.ts'

const row = (fields: object, options?: ProductRowOptions) =>
  readProductRow({ id: 'a1', title: 'Kettle', ...fields }, options)
const product = (outcome: RowOutcome) => {
  if (outcome.outcome === 'rejected') throw new Error(outcome.reason)
  return outcome.product
}
const reason = (outcome: RowOutcome) => (outcome.outcome === 'rejected' ? outcome.reason : `kept ${outcome.product.id}`)
const convert = (line: string, mappings: string[] = [], ignored: string[] = [], options: ProductRowOptions = {}) =>
  productLineConverter(parseFieldMapping(mappings, ignored), options)(line)

describe('a row of our shape', () => {
  it('becomes a product, with null or empty for what it does not say', () => {
    expect(product(row({}))).toEqual({
      id: 'a1',
      title: 'Kettle',
      description: '',
      brand: null,
      categoryPath: [],
      attributes: {},
      price: null,
      images: [],
      seller: null,
      language: null,
      rating: null,
      reviews: [],
      active: true,
      createdAt: null,
      updatedAt: null,
    })
  })

  it('takes the category as a list or as one text', () => {
    expect(product(row({ category: ['Home', 'Kitchen'] })).categoryPath).toEqual(['Home', 'Kitchen'])
    expect(product(row({ category: 'Home > Kitchen' })).categoryPath).toEqual(['Home', 'Kitchen'])
    expect(product(row({ category: '' })).categoryPath).toEqual([])
  })

  it('splits a category at the given separator, and keeps commas within names', () => {
    const path = (category: string, categorySeparator: string) =>
      product(row({ category }, { categorySeparator })).categoryPath
    expect(path('Tools,Tubing, Pipe & Hose,Tubing', ',')).toEqual(['Tools', 'Tubing, Pipe & Hose', 'Tubing'])
    expect(path('Tools, Tubing', ', ')).toEqual(['Tools', 'Tubing'])
    expect(path('Tools|Tubing', '|')).toEqual(['Tools', 'Tubing'])
  })

  it('refuses a category inside itself', () => {
    expect(reason(row({ category: 'Home > Kitchen > Home' }))).toMatch(
      /^category names a category inside itself \(a cycle\)\. Write category as a list of names/,
    )
  })

  it('keeps attributes as lists of text, each value once, without those that say nothing', () => {
    const attributes = { colour: 'red', size: 42, waterproof: true, ports: ['usb', 'usb', 2], note: ' ', gone: null }
    expect(product(row({ attributes })).attributes).toEqual({
      colour: ['red'],
      size: ['42'],
      waterproof: ['true'],
      ports: ['usb', '2'],
    })
    expect(reason(row({ attributes: { size: { eu: 42 } } }))).toMatch(/^attributes\.size is neither text/)
    expect(reason(row({ attributes: { note: 'x'.repeat(1_001) } }))).toMatch(/^attributes\.note\.0 /)
    expect(reason(row({ attributes: ['red'] }))).toMatch(/^attributes is not an object/)
    expect(reason(convert('{"id":1,"title":"x","attributes":{"__proto__":1}}'))).toMatch(/__proto__/)
  })

  it('admits an attribute exactly when the contract does', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 130 }), fc.string({ minLength: 95, maxLength: 125 }))
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 6 }), (name, values) => {
        const even = (value: string) => value.replace(/[\s\p{Cc}]+/gu, ' ').trim()
        const kept = [...new Set(values.map(even))].filter((value) => value !== '')
        if (kept.length === 0 || name === '__proto__') return
        const expected = productSchema.safeParse({ id: 'a1', title: 'x', attributes: { [even(name)]: kept } }).success
        expect(row({ attributes: { [name]: values } }).outcome).toBe(expected ? 'product' : 'rejected')
      }),
    )
  })

  it('admits fifty values of an attribute and no more', () => {
    const values = (count: number) => row({ attributes: { ports: Array.from({ length: count }, (_, index) => index) } })
    expect(values(50).outcome).toBe('product')
    expect(reason(values(51))).toMatch(/^attributes\.ports .*at most 50 values/)
  })

  it('reads prices exactly, from text and from numbers', () => {
    const price = (line: string) => product(convert(`{"id":"a","title":"x","currency":"USD",${line}}`)).price
    expect(price('"price":"19.90"')).toEqual({ amount: 1990, currency: 'USD' })
    expect(price('"price":19.90')).toEqual({ amount: 1990, currency: 'USD' })
    expect(price('"price":1.1e1')).toEqual({ amount: 1100, currency: 'USD' })
    expect(price('"price":90071992547409.91')).toEqual({ amount: 9007199254740991, currency: 'USD' })
    expect(price('"price":19.900000000000000000')).toEqual({ amount: 1990, currency: 'USD' })
    expect(price('"price":""')).toBeNull()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
        expect(price(`"price":${text}`)).toEqual({ amount: cents, currency: 'USD' })
        expect(price(`"price":"${text}"`)).toEqual({ amount: cents, currency: 'USD' })
      }),
    )
  })

  it('refuses prices it would have to guess at, by name and with the cure', () => {
    const price = (value: string) => reason(convert(`{"id":"a","title":"x","currency":"USD","price":${value}}`))
    for (const value of ['"$19.90"', '"1,299.00"', '-1', '"free"', '19.901', '19.9000000000000000001', 'true'])
      expect(price(value)).toMatch(/^price .*Write price as a decimal number/)
    expect(reason(row({ price: '10' }))).toMatch(/^currency is missing beside a price/)
    expect(reason(row({ price: '10', currency: 'dollar' }))).toMatch(/^currency cannot be read/)
    expect(product(row({ price: '10' }, { currency: 'KRW' })).price).toEqual({ amount: 10, currency: 'KRW' })
  })

  it('reads dates and times into UTC, and refuses what has no zone or does not exist', () => {
    expect(product(row({ created_at: '2026-03-01' })).createdAt).toBe('2026-03-01T00:00:00.000Z')
    expect(product(row({ updated_at: '2026-03-01T09:30:00+09:00' })).updatedAt).toBe('2026-03-01T00:30:00.000Z')
    for (const time of ['2026-02-30', '2026-03-01T09:30:00', '01/03/2026', 'yesterday', '2026-13-01'])
      expect(reason(row({ created_at: time }))).toMatch(/^created_at ".*" is not a date, or a time with its zone/)
  })

  it('reduces HTML in titles and descriptions to text, and says so', () => {
    const outcome = row({ title: 'Salt &amp; Pepper', description: '<p>Fresh</p><script>x()</script>now' })
    expect(outcome).toMatchObject({
      product: { title: 'Salt & Pepper', description: 'Fresh now' },
      repairs: ['HTML in title reduced to its text', 'HTML in description reduced to its text'],
    })
  })

  it('takes reviews as a list or as one text, without those that say nothing', () => {
    expect(product(row({ reviews: ['Fits well', ' ', null, ' Runs small\n'] })).reviews).toEqual([
      'Fits well',
      'Runs small',
    ])
    expect(product(row({ reviews: 'Fits well' })).reviews).toEqual(['Fits well'])
    for (const nothing of ['', null, [], ['']]) expect(product(row({ reviews: nothing })).reviews).toEqual([])
  })

  it('cuts reviews rather than lose the product, and says so once', () => {
    const long = 'very good '.repeat(250)
    const outcome = row({ reviews: ['<b>Good</b> &amp; cheap', long, long, ...Array(30).fill('Fine')] })
    expect(outcome).toMatchObject({
      repairs: [
        'HTML in reviews reduced to its text',
        'reviews beyond the first 20 left out',
        'review cut at 2,000 characters',
      ],
    })
    const { reviews } = product(outcome)
    expect(reviews).toHaveLength(20)
    expect(reviews.slice(0, 2)).toEqual(['Good & cheap', 'very good '.repeat(200).trim()])
  })

  it('admits as many and as long reviews as the contract does', () => {
    const { texts, characters } = reviewLimits
    const isTaken = (count: number, length: number) =>
      productSchema.safeParse({ id: 'a1', title: 'x', reviews: Array(count).fill('x'.repeat(length)) }).success
    expect(isTaken(texts, characters)).toBe(true)
    expect([isTaken(texts + 1, characters), isTaken(texts, characters + 1)]).toEqual([false, false])
    const many = Array(texts + 5).fill('x'.repeat(characters + 5))
    expect(product(row({ reviews: many })).reviews).toEqual(Array(texts).fill('x'.repeat(characters)))
  })

  it('takes control characters out of names, and says so for the title', () => {
    expect(row({ title: 'Tub\u0089 \u0000N\tTile', brand: 'Ac\u0007me' })).toMatchObject({
      product: { title: 'Tub N Tile', brand: 'Ac me' },
      repairs: ['control characters in title removed'],
    })
  })

  it('refuses wrong fields by name', () => {
    const cases: readonly [object, RegExp][] = [
      [{ id: '' }, /^id is missing/],
      [{ id: null }, /^id is missing/],
      [{ id: 'a b' }, /^id must have no spaces/],
      [{ id: 1.5 }, /^id is neither/],
      [{ title: ' \t' }, /^title is missing/],
      [{ title: 7 }, /^title is not text/],
      [{ title: '\u0000' }, /^title is missing/],
      [{ title: '\ud800' }, /^title has a broken character/],
      [{ brand: 3 }, /^brand is not text/],
      [{ images: ['ftp://x/y.png'] }, /^images\.0 /],
      [{ images: 5 }, /^images /],
      [{ language: 'english' }, /^language must be an ISO 639 code/],
      [{ rating: { average: 7, count: 1 } }, /^rating\.average /],
      [{ rating: 4 }, /^rating /],
      [{ reviews: 5 }, /^reviews is neither text nor a list of texts\. Write reviews as a list/],
      [{ reviews: ['Fine', 5] }, /^reviews has a review that is not text/],
      [{ reviews: ['\ud800'] }, /^reviews\.0 has a broken character/],
      [{ active: 'yes' }, /^active /],
      [{ category: [['A']] }, /^category has a name that is not text/],
    ]
    for (const [fields, expected] of cases) expect(reason(row(fields))).toMatch(expected)
  })

  it('keeps ids that are whole numbers, whatever their length', () => {
    expect(product(row({ id: 0 })).id).toBe('0')
    expect(product(convert('{"id":90071992547409931,"title":"x"}')).id).toBe('90071992547409931')
  })
})

describe('a line with a mapping', () => {
  it('takes fields from other names, from inside, and from names with dots', () => {
    const line = JSON.stringify({
      sku: 7,
      name: 'Kettle',
      offer: { amount: 9.5 },
      media: [{ url: 'https://x.test/1' }],
      'a.b': 'Acme',
      color: 'red',
      stars: 4.5,
      votes: 3,
      opinions: [{ text: 'Boils fast' }],
    })
    const mappings =
      'id=sku title=name price=offer.amount images=media.0.url brand=a.b attributes.colour=color rating.average=stars rating.count=votes reviews=opinions.0.text'
    expect(product(convert(line, mappings.split(' '), [], { currency: 'EUR', language: 'en' }))).toMatchObject({
      id: '7',
      title: 'Kettle',
      price: { amount: 950, currency: 'EUR' },
      images: ['https://x.test/1'],
      brand: 'Acme',
      attributes: { colour: ['red'] },
      rating: { average: 4.5, count: 3 },
      reviews: ['Boils fast'],
      language: 'en',
    })
  })

  it('refuses fields that nothing accounts for, and lists the valid ones', () => {
    const line = '{"id":"a","title":"x","colour":"red","constructor":1}'
    expect(reason(convert(line))).toMatch(/^"colour", "constructor" are not fields of a product.*use id, title, desc/)
    expect(reason(convert(line, ['attributes.colour=colour']))).toMatch(/^"constructor" is not a field/)
    expect(product(convert(line, ['attributes.colour=colour'], ['constructor'])).attributes).toEqual({
      colour: ['red'],
    })
    expect(product(convert(line, [], ['*'])).attributes).toEqual({})
  })

  it('refuses lines that are no JSON objects', () => {
    for (const line of ['{"id":', '[1]', '"x"', 'null', 'id,title'])
      expect(reason(convert(line))).toMatch(/^the line is not (JSON|a JSON object)/)
  })

  it('refuses mappings that name no field', () => {
    for (const mapping of [
      'title',
      '=x',
      'title=',
      'name=x',
      'attributes=x',
      'rating.stars=x',
      'attributes.__proto__=x',
    ])
      expect(() => parseFieldMapping([mapping])).toThrow(/mapping/)
    expect(() => parseFieldMapping(['title=a', 'title=b'])).toThrow(/twice/)
  })

  it('says that an attributes object can still be mapped whole', () => {
    expect(
      product(convert('{"id":"a","title":"x","attributes":{"a":1},"b":2}', ['attributes.b=b'])).attributes,
    ).toEqual({
      a: ['1'],
      b: ['2'],
    })
  })
})
