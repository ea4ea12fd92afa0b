import { createAnalyzer } from '@eip/engine-text-analysis'
import { aProduct } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { allOwnedColumns } from './owned-columns.ts'
import { attributeSet, indexSchema, productMapping } from './product-document.ts'

const map = productMapping(createAnalyzer())
const documentOf = (fields: Parameters<typeof aProduct>[0]) => map(aProduct(fields))

describe('the document of a product', () => {
  it('is in each prefix of its category path', () => {
    const { tags } = documentOf({ id: 'a', categoryPath: ['Electronics', 'Computers', 'Laptops'] })
    const paths = ['Electronics', 'Electronics > Computers', 'Electronics > Computers > Laptops']
    expect(tags?.category).toEqual(paths)
  })

  it("has each attribute's name before its pairs, each pair once", () => {
    const { tags } = documentOf({ id: 'a', attributes: { colour: ['red', 'blue', 'red'], 'size=fit': ['L'] } })
    const pairs = ['colour\u001f', 'colour\u001fred', 'colour\u001fblue', 'size=fit\u001f', 'size=fit\u001fL']
    expect(tags?.[attributeSet]).toEqual(pairs)
  })

  it('takes the language given, or finds it out', () => {
    expect(documentOf({ id: 'a', language: 'pt' }).keywords?.language).toBe('pt')
    const korean = documentOf({ id: 'a', title: '여성용 가죽 운동화 신발' })
    expect(korean.keywords?.language).toBe('ko')
  })

  it('leaves columns of other owners to them: they are not even named', () => {
    for (const column of allOwnedColumns) {
      expect(documentOf({ id: 'a' }).numbers).not.toHaveProperty(column)
      expect(indexSchema.numbers).toContain(column)
    }
  })

  it('has one list of terms per field of the schema', () => {
    const { terms } = documentOf({
      id: 'a',
      title: 'mango',
      brand: 'Quilt',
      description: 'a <b>plum</b>',
      language: 'en',
    })
    const byField = Object.fromEntries(indexSchema.fields.map(({ name }, i) => [name, terms[i]]))
    expect(byField).toMatchObject({ category: [], attributes: [] })
    expect(byField.title).toContain('mango')
    expect(byField.brand).toContain('quilt')
    expect(byField.description).toContain('plum')
  })

  it('holds the attribute "model" in a field of its own, and the other attributes in theirs', () => {
    const { terms } = documentOf({ id: 'a', attributes: { model: ['xj900'], colour: ['onyx'] }, language: 'en' })
    const byField = Object.fromEntries(indexSchema.fields.map(({ name }, i) => [name, terms[i]]))
    expect(byField.model).toContain('xj900')
    expect(byField.attributes).toContain('onyx')
    expect(byField.attributes).not.toContain('xj900')
  })

  it('holds what reviews say, as far as the first two thousand characters go, and none where a product has no such field', () => {
    const reviews = ['<b>plum</b>', 'kiwi '.repeat(300), 'mango '.repeat(300), 'cobalt']
    const product = aProduct({ id: 'a', language: 'en', reviews })
    const field = indexSchema.fields.findIndex(({ name }) => name === 'reviews')
    const reviewTerms = map(product).terms[field]!
    expect(reviewTerms).toContain('plum')
    expect(reviewTerms.filter((term) => term === 'kiwi')).toHaveLength(300)
    expect(reviewTerms).toContain('mango')
    expect(reviewTerms).not.toContain('cobalt')
    expect(indexSchema.fields[field]!.weight).toBe(1)
    const { reviews: _, ...before } = product
    expect(map(before as typeof product).terms[field]).toEqual([])
  })

  it('reads each attribute value by itself', () => {
    const { terms } = documentOf({ id: 'a', attributes: { cores: ['4'], unit: ['GB'] }, language: 'en' })
    expect(terms.flat()).not.toContain('4gb')
  })
})
