import { describe, expect, it } from 'vitest'
import { differOnlyInNumber } from './number-forms.ts'
import { hangulNumber, magnitudeOf, readNumber, stepOf } from './number-reading.ts'

describe('numbers in a query', () => {
  it('are read with points and commas as their custom has it', () => {
    expect(['20', '1,500', '1.5', '1,5', '1.200,50', '1,234,567.8'].map((n) => readNumber(n, false))).toEqual([
      20, 1_500, 1.5, 1.5, 1_200.5, 1_234_567.8,
    ])
    expect([readNumber('1.500', false), readNumber('1.500', true)]).toEqual([1.5, 1_500])
    expect(readNumber('9.2.1', false)).toBeNaN()
  })

  it('are read in Hangul', () => {
    expect(['만', '이만오천', '백만', '삼십만', '천'].map(hangulNumber)).toEqual([
      10_000, 25_000, 1_000_000, 300_000, 1_000,
    ])
    expect([magnitudeOf('만'), magnitudeOf('백만'), magnitudeOf('만두'), hangulNumber('만두')]).toEqual([
      10_000,
      1_000_000,
      undefined,
      undefined,
    ])
  })

  it('have the step of their last digit that is not nought', () => {
    expect([50_000, 15_000, 100_000, 7].map(stepOf)).toEqual([10_000, 1_000, 100_000, 1])
  })
})

describe('singular and plural', () => {
  it('are one name, in English and Portuguese', () => {
    const pairs = [
      'shoe shoes',
      'battery batteries',
      'dress dresses',
      'shelf shelves',
      'runningshoe runningshoes',
      'fogao fogoes',
      'celular celulares',
      'branco branca',
    ]
    for (const pair of pairs) expect(differOnlyInNumber(...(pair.split(' ') as [string, string])), pair).toBe(true)
  })

  it('are not what only shares a stem', () => {
    for (const pair of ['fit fitness', 'cream creamed', 'light lighting', 'print printer', 'resist resistant'])
      expect(differOnlyInNumber(...(pair.split(' ') as [string, string])), pair).toBe(false)
  })
})
