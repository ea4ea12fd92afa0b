import { seededRandom } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { itemFinder, itemsOf } from './item-finder.ts'
import { type WriteQuery, withBrandInOtherScript, withoutSpaces, withTypo } from './known-item-query.ts'

const items = itemsOf([
  { id: '1', title: '롱 다운 파카 블랙', brand: '커버낫' },
  { id: '2', title: '롱 다운 파카 [블랙]', brand: '커버낫' },
  { id: '3', title: '롱 다운 파카 그레이', brand: '커버낫' },
  { id: '4', title: '롱 다운 파카 블랙', brand: '스파오' },
  { id: '5', title: '에코 눕시 자켓', brand: '노스페이스' },
  { id: '6', title: '에코 눕시 자켓 블랙', brand: '노스페이스' },
  { id: '7', title: '롱다운 파카 베이지', brand: '커버낫' },
])
const finder = itemFinder(items)
const itemOf = (id: string) => items.find(({ productIds }) => productIds.includes(id)) as (typeof items)[number]
const written = (write: WriteQuery, id: string) => {
  const random = seededRandom(1)
  return new Set(Array.from({ length: 100 }, () => write(itemOf(id), random)))
}

describe('a query for a known item', () => {
  it('asks for one item: products of one brand with the same words are that item', () => {
    expect(itemOf('1').productIds).toEqual(['1', '2'])
    expect(finder.areOnlyIn(['롱', '블랙'], itemOf('1'))).toBe(false)
    expect(finder.areOnlyIn(['커버낫', '롱', '블랙'], itemOf('1'))).toBe(true)
    expect(finder.count(['롱', '파카'])).toBe(4)
    expect(finder.count([])).toBe(items.length)
  })

  it('finds words however the names write them together', () => {
    expect(finder.count(['커버낫', '롱다운'])).toBe(3)
  })

  it('is not written where all words of the item are those of another, too', () => {
    for (const write of [withoutSpaces(finder), withTypo(finder)]) expect(written(write, '5')).toEqual(new Set([null]))
  })

  it('has no spaces, and the brand where it is needed', () => {
    const queries = [...written(withoutSpaces(finder), '1')]
    expect(queries.every((query) => /^커버낫\S+블랙$/.test(query ?? ''))).toBe(true)
    const free = [...written(withoutSpaces(finder), '3')]
    expect(free.some((query) => query?.startsWith('커버낫'))).toBe(true)
    expect(free.some((query) => !query?.startsWith('커버낫'))).toBe(true)
  })

  it('has a slip in one word of two letters or more', () => {
    for (const query of written(withTypo(finder), '6')) {
      const words = query?.split(' ') ?? []
      const right = words.filter((word) => ['노스페이스', '에코', '눕시', '자켓', '블랙'].includes(word))
      expect(right).toHaveLength(words.length - 1)
    }
  })

  it('has the brand in the other script before words that need it', () => {
    const write = withBrandInOtherScript(finder, new Map([['커버낫', 'covernat']]))
    for (const query of written(write, '1'))
      expect(query).toMatch(/^covernat (다운 |파카 |다운 파카 )?블랙$|^covernat 블랙$/)
    expect(written(write, '5')).toEqual(new Set([null]))
  })
})
