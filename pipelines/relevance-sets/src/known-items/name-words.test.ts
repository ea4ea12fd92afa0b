import { describe, expect, it } from 'vitest'
import { nameWords } from './name-words.ts'

const of = (name: string, role: string) =>
  nameWords(name)
    .filter((word) => word.role === role)
    .map(({ text }) => text)

describe('the words of a name', () => {
  it('are what the thing is called and its colour, in any bracket or behind any sign', () => {
    expect(of('캐시미어 블렌드 코트 [블랙]', 'telling')).toEqual(['캐시미어', '블렌드', '코트', '블랙'])
    expect(of('울리치 발마칸_Black', 'telling')).toEqual(['울리치', '발마칸', 'black'])
    expect(of('XT-6 GTX - 블랙:에보니', 'telling')).toEqual(['xt-6', 'gtx', '블랙', '에보니'])
  })

  it('tell article numbers from numbers that belong to the name', () => {
    expect(of('NJ1DN75A 남성 1996 에코 눕시 자켓', 'code')).toEqual(['nj1dn75a'])
    expect(of('트루 화이트 / 1201A502-200', 'code')).toEqual(['1201a502-200'])
    expect(of('NJ1DN75A 남성 1996 에코 눕시 자켓', 'telling')[1]).toBe('1996')
  })

  it('are notes where the shop speaks of its offer', () => {
    expect(of('[기모선택] 와이드 팬츠 (7color) [240~290MM]', 'note')).toEqual(['기모선택', '7color', '240', '290mm'])
    expect(of('22FW M65 코트 - 6color', 'note')).toEqual(['22fw', '6color'])
    expect(of('[SET] (기모) 셋업', 'note')).toEqual(['set', '기모'])
  })

  it('keep the letter of a shade apart from its colour', () => {
    expect(nameWords('백팩 (O/WHITE)').map(({ text, role }) => [text, role])).toEqual([
      ['백팩', 'telling'],
      ['o', 'note'],
      ['white', 'telling'],
    ])
    expect(of('데님 (R.BLACK)', 'telling')).toEqual(['데님', 'black'])
  })

  it('are kept where a name is nothing but a bracket', () => {
    expect(of('[코트]', 'telling')).toEqual(['코트'])
  })
})
