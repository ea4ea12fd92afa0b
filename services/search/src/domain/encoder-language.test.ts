import { describe, expect, it } from 'vitest'
import { isUnderstood } from './encoder-language.ts'

describe('a query is understood by an encoder', () => {
  it.each([
    ['red shoes', 'en', ['en'], true],
    ['red shoes', 'en', null, true],
    ['무선 이어폰', 'ko', null, true],
    ['무선 이어폰', 'ko', ['en'], false],
    ['나이키 nike air force', 'ko', ['en'], false],
    ['무선 이어폰', 'ko', ['en', 'ko'], true],
    ['sapatos vermelhos', 'pt', ['en'], false],
    ['красная куртка', 'en', ['en'], false],
    ['ქურთუკი', 'en', ['en'], false],
    ['hp 301', 'en', ['en'], true],
    ['12345', 'en', ['en'], true],
    ['赤いジャケット', 'ja', ['ja'], true],
    ['红色外套', 'zh', ['ja'], true],
  ])('by script and language: "%s" (%s) by one of %j: %s', (text, language, known, expected) => {
    expect(isUnderstood(text, language, known)).toBe(expected)
  })
})
