import { categoryPathSeparator } from '@eip/contracts'
import { describe, expect, it } from 'vitest'
import { categorySeparator } from './category-path.ts'
import { categoryRows } from './category-tree.ts'
import { categoryChosen, rangeChosen, rangeOf, toggled, valuesOf } from './filters.ts'
import { pageNumbers } from './page-numbers.ts'
import { withoutWords } from './without-words.ts'

describe('filters', () => {
  it('are chosen beside others of their field, and taken back', () => {
    const both = toggled(toggled([], 'brand', 'A:B'), 'brand', 'C')
    expect(both).toEqual(['brand:A:B', 'brand:C'])
    expect([...valuesOf(both, 'brand')]).toEqual(['A:B', 'C'])
    expect(toggled(both, 'brand', 'A:B')).toEqual(['brand:C'])
  })

  it('hold one range of a field, turned where its ends were typed the wrong way round', () => {
    const ten = rangeChosen(['brand:A', 'price:1..2'], 'price', { from: 50, to: 10 })
    expect(ten).toEqual(['brand:A', 'price:10..50'])
    expect(rangeOf(ten, 'price')).toEqual({ from: 10, to: 50 })
    expect(rangeOf(['price:..9.5'], 'price')).toEqual({ from: null, to: 9.5 })
    expect(rangeOf(['price:cheap'], 'price')).toBeNull()
    expect(rangeChosen(ten, 'price', { from: null, to: null })).toEqual(['brand:A'])
  })

  it('hold one category', () => {
    expect(categoryChosen(['category:A', 'brand:X'], ['A', 'B'])).toEqual(['brand:X', 'category:A > B'])
    expect(categoryChosen(['category:A'], [])).toEqual([])
  })

  it('write category paths as the contract does', () => {
    expect(categorySeparator).toBe(categoryPathSeparator)
  })
})

describe('the categories in view', () => {
  const values = ['A', 'A > B', 'A > C', 'A > B > D', 'E'].map((value, at) => ({ value, count: 10 - at }))
  const names = (chosen: readonly string[], from = values) =>
    categoryRows(from, chosen).map(({ name, depth, isChosen }) => `${depth}${name}${isChosen ? '!' : ''}`)

  it('are the way to the chosen one and one step below it', () => {
    expect(names([])).toEqual(['0A', '0E'])
    expect(names(['A'])).toEqual(['0A!', '1B', '1C'])
    expect(names(['A', 'B'])).toEqual(['0A', '1B!', '2D'])
  })

  it('go down by themselves while there is only one way', () => {
    expect(names([], values.slice(0, 4))).toEqual(['0A', '1B', '1C'])
    expect(names([], values.slice(0, 2))).toEqual(['0A', '1B'])
  })
})

describe('page numbers', () => {
  it('are the first, the last and those around, with gaps only where two or more are left out', () => {
    expect(pageNumbers(1, 1)).toEqual([1])
    expect(pageNumbers(1, 5)).toEqual([1, 2, null, 5])
    expect(pageNumbers(4, 8)).toEqual([1, 2, 3, 4, 5, null, 8])
    expect(pageNumbers(25, 50)).toEqual([1, null, 24, 25, 26, null, 50])
  })
})

describe('what was understood', () => {
  it('is taken back by taking its words out of the query', () => {
    const text = 'kettle under 50 dollars'
    expect(withoutWords(text, { start: 7, end: 15 })).toBe('kettle dollars')
    expect(withoutWords(text, { start: 0, end: 6 })).toBe('under 50 dollars')
  })
})
