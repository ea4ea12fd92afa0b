import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutToken, nameKey, type QueryToken, queryTokens } from './query-token.ts'

const texts = (query: string) => queryTokens(query).map(({ text }) => text)

describe('tokens of a query', () => {
  it('part where scripts, digits and signs meet', () => {
    expect(texts('LG냉장고 300리터, $1,500')).toEqual(['lg', '냉장고', '300', '리터', ',', '$', '1,500'])
    expect(texts("Men's WH-1000XM5 2.5kg")).toEqual(['men', 'wh', '-', '1000', 'xm5', '2.5', 'kg'])
    expect(texts('55" 5㎏ ３만원')).toEqual(['55', '"', '5', 'kg', '3', '만원'])
  })

  it('know their place in the query, decomposed Hangul included', () => {
    const query = 'a 나이키운동화'.normalize('NFD')
    const run = queryTokens(query)[1] as QueryToken
    const [brand, thing] = cutToken(run, [3, 3], query) as [QueryToken, QueryToken]
    expect([brand.text, thing.text]).toEqual(['나이키', '운동화'])
    expect(query.slice(brand.start, brand.end).normalize('NFC')).toBe('나이키')
    expect(query.slice(thing.start, thing.end).normalize('NFC')).toBe('운동화')
  })

  it('stand in order, inside the query, and never overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
        const offsets = queryTokens(query).flatMap(({ start, end }) => [start, end])
        const isInOrder = offsets.every((offset, i) => offset >= (offsets[i - 1] ?? 0))
        return isInOrder && (offsets.at(-1) ?? 0) <= query.length
      }),
    )
  })

  it('give one key to a name however its words are joined', () => {
    expect(new Set(['Wi-Fi', 'wi fi', 'WIFI'].map(nameKey))).toEqual(new Set(['wifi']))
    expect(nameKey('무선 이어폰')).toBe(nameKey('무선이어폰'))
    expect(nameKey("L'Oréal")).toBe('loreal')
  })
})
