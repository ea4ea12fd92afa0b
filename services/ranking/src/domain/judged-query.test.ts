import { expect, it } from 'vitest'
import { judgedPrefix, judgedQuery } from './judged-query.ts'

it('compares queries without case, outer spaces, and the way that letters are composed', () => {
  const composed = '카메라 café'
  expect(judgedQuery(`  ${composed.normalize('NFD').toUpperCase()} `)).toBe(composed.normalize('NFC'))
  expect(judgedQuery('red  shoe')).not.toBe(judgedQuery('red shoe'))
})

it('keeps the space at the end of a prefix', () => {
  expect(judgedPrefix(' Red ')).toBe('red ')
})
