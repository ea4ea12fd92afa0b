import { describe, expect, it } from 'vitest'
import { messages as colours } from '../look/color-scheme-messages.ts'
import { failureMessages } from '../notice/failure-words.ts'
import { scoreMessages } from '../score/score-messages.ts'
import { languageToBegin } from './language.ts'
import { defineMessages, translate } from './messages.ts'

const messages = defineMessages({
  en: { found: { one: '{count} product', other: '{count} products' }, by: 'by {brand}', plain: 'Plain' },
  ko: { found: '상품 {count}개', by: '{brand} 제품', plain: '그냥' },
})

describe('messages', () => {
  it('choose the form by the number, and write numbers as the language does', () => {
    const t = translate(messages, 'en')
    expect([t('found', { count: 1 }), t('found', { count: 1_200 })]).toEqual(['1 product', '1,200 products'])
    expect(translate(messages, 'ko')('found', { count: 1 })).toBe('상품 1개')
  })

  it('put values in as they are, braces and all', () => {
    expect(translate(messages, 'en')('by', { brand: '{count} & $1' })).toBe('by {count} & $1')
  })

  it('do not compile where Korean lacks a key, or a use lacks a value', () => {
    // @ts-expect-error: "b" is missing
    defineMessages({ en: { a: 'A', b: 'B' }, ko: { a: '가' } })
    // @ts-expect-error: "brand" is missing
    expect(translate(messages, 'en')('by')).toBe('by {brand}')
    expect(translate(messages, 'en')('plain')).toBe('Plain')
  })

  it('say in Korean whatever they say in English, with the same values', () => {
    for (const { en, ko } of [colours, failureMessages, scoreMessages]) {
      const names = (text: unknown) => [...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
      expect(Object.keys(ko)).toEqual(Object.keys(en))
      for (const [key, message] of Object.entries(en)) {
        const korean = (ko as Readonly<Record<string, unknown>>)[key]
        expect(korean, key).toBeTruthy()
        expect(new Set(names(korean)), key).toEqual(new Set(names(message)))
      }
    }
  })
})

describe('the language to begin with', () => {
  it('is what the address says, else what was chosen, else what the browser prefers, else English', () => {
    expect(languageToBegin('?lang=ko', 'en', ['en-GB'])).toBe('ko')
    expect(languageToBegin('?lang=xx', 'ko', ['en-GB'])).toBe('ko')
    expect(languageToBegin('', null, ['pt-BR', 'ko-KR', 'en'])).toBe('ko')
    expect(languageToBegin('', 'elvish', ['pt-BR'])).toBe('en')
  })
})
