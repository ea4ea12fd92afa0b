import { expect, test } from 'vitest'
import { SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, createIndexWriter, type IndexDocument } from './index.ts'

const product = (id: string, rest: Partial<IndexDocument> = {}): IndexDocument => ({
  id,
  terms: [['shoe'], [], []],
  stored: Buffer.from(id),
  ...rest,
})

function open() {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const reader = createIndexReader(SHOP_SCHEMA)
  return { writer, reader, commit: () => reader.apply(writer.commit()!) }
}

test('a column that a replacement does not name keeps its value, and null clears it', () => {
  const { writer, reader, commit } = open()
  writer.add(product('1', { numbers: { price: 5, stock: 1 }, keywords: { brand: 'Acme' } }))
  commit()
  writer.updateColumns('1', { numbers: { stock: 3 } })
  writer.add(product('1', { numbers: { price: null } }))
  commit()
  const ref = reader.find('1')!
  expect(reader.number(ref, 'stock')).toBe(3)
  expect(reader.number(ref, 'price')).toBeNaN()
  expect(reader.keyword(ref, 'brand')).toBe('Acme')
})

test('an update between a replacement and its commit is seen before and after', () => {
  const { writer, reader, commit } = open()
  writer.add(product('1'))
  commit()
  writer.add(product('1'))
  expect(writer.updateColumns('1', { numbers: { stock: 9 } })).toBe(true)
  expect(reader.number(reader.find('1')!, 'stock')).toBe(9)
  commit()
  expect(reader.number(reader.find('1')!, 'stock')).toBe(9)
})

test('a deleted product leaves nothing to one that is added under its id', () => {
  const { writer, reader, commit } = open()
  writer.add(product('1', { numbers: { stock: 4 } }))
  commit()
  expect(writer.delete('1')).toBe(true)
  expect(writer.delete('1')).toBe(false)
  expect(writer.updateColumns('1', { numbers: { stock: 5 } })).toBe(false)
  writer.add(product('1'))
  commit()
  expect(reader.number(reader.find('1')!, 'stock')).toBeNaN()
})

test('a keyword that exists is updated at once; one that is new reads as absent until the next commit', () => {
  const { writer, reader, commit } = open()
  writer.add(product('1', { keywords: { brand: 'Acme' } }))
  writer.add(product('2', { keywords: { brand: 'Zeta' } }))
  commit()
  writer.updateColumns('1', { keywords: { brand: 'Zeta' } })
  expect(writer.hasChanges()).toBe(false)
  expect(reader.keyword(reader.find('1')!, 'brand')).toBe('Zeta')
  writer.updateColumns('1', { keywords: { brand: 'Nova' } })
  expect(writer.hasChanges()).toBe(true)
  expect(reader.keyword(reader.find('1')!, 'brand')).toBeNull()
  const request = { clauses: [], limit: 10, facets: [{ kind: 'keyword' as const, column: 'brand' }] }
  expect(reader.search(request).facets).toEqual([{ kind: 'keyword', values: ['Zeta'], counts: [1] }])
  commit()
  expect(reader.search(request).facets).toEqual([{ kind: 'keyword', values: ['Nova', 'Zeta'], counts: [1, 1] }])
})

test('what is wrong with a document is said by name, and nothing of it is kept', () => {
  const { writer } = open()
  const refused = (document: IndexDocument) => expect(() => writer.add(document))
  refused(product('')).toThrow(/"id" must be/)
  refused(product('\ud800')).toThrow(/"id" must be/)
  refused(product('1', { terms: [[]] })).toThrow(
    '"terms" of product "1" must have 3 lists (title, brand, description), not 1',
  )
  refused(product('1', { numbers: { price: Number.NaN } })).toThrow('"numbers.price" of product "1"')
  refused(product('1', { numbers: { weight: 1 } })).toThrow('no number column "weight"; declared: price, stock')
  refused(product('1', { tags: { colour: [] } })).toThrow('no tag set "colour"')
  expect(() => writer.updateColumns('1', { keywords: { colour: null } })).toThrow('no keyword column "colour"')
  expect(writer.commit()).toBeNull()
})

test('a schema that cannot work is refused', () => {
  const make = (part: object) => () => createIndexWriter({ ...SHOP_SCHEMA, ...part })
  expect(make({ fields: [] })).toThrow('"fields" must name 1 to 32 fields')
  expect(make({ fields: [{ name: 'a', weight: 0 }] })).toThrow('weight of field "a"')
  expect(make({ numbers: ['a', 'a'] })).toThrow('"numbers" names something twice')
  expect(make({ b: 2 })).toThrow('"b" must be from 0 to 1')
})

test('a publication of another schema is refused', () => {
  const { writer } = open()
  writer.add(product('1'))
  const other = createIndexReader({ ...SHOP_SCHEMA, k1: 2 })
  expect(() => other.apply(writer.commit()!)).toThrow(/another schema/)
})

test('a search gives up at its deadline, and the next one counts from zero', () => {
  const { writer, reader, commit } = open()
  writer.add(product('1', { keywords: { brand: 'Acme' } }))
  commit()
  const request = { clauses: [], limit: 10, facets: [{ kind: 'keyword' as const, column: 'brand' }] }
  expect(() => reader.search({ ...request, deadline: -1 })).toThrow(/time budget/)
  expect(reader.search(request).facets).toEqual([{ kind: 'keyword', values: ['Acme'], counts: [1] }])
})

test('reads the columns of many documents into arrays', () => {
  const { writer, reader, commit } = open()
  for (let at = 0; at < 10; at++)
    writer.add(product(`${at}`, { numbers: { price: at }, keywords: { brand: at % 2 === 0 ? 'even' : null } }))
  commit()
  const { refs } = reader.search({ clauses: [], limit: 10, sort: { column: 'price', order: 'descending' } })
  const prices = new Float64Array(10)
  const brands = new Uint32Array(10)
  reader.gatherNumbers(refs, ['price'], [prices])
  reader.gatherKeywords(refs, 'brand', brands)
  expect([...prices]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(Array.from(brands, (ordinal) => reader.keywordText('brand', ordinal))).toEqual(
    [...prices].map((price) => (price % 2 === 0 ? 'even' : null)),
  )
})
