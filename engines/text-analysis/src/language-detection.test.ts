import { describe, expect, it } from 'vitest'
import { detectLanguage } from './language-detection.ts'

describe('language of a text', () => {
  it('is told by the script, among Latin brands too', () => {
    expect(detectLanguage('삼성 Galaxy S23 Ultra')).toBe('ko')
    expect(detectLanguage('日本語のガラス', { candidates: ['en', 'ja', 'zh'] })).toBe('ja')
    expect(detectLanguage('玻璃杯', { candidates: ['en', 'ja', 'zh'] })).toBe('zh')
  })

  it('is told by n-grams in a text of some length', () => {
    expect(detectLanguage('Geladeira frost free 300 litros com dispenser de água branca')).toBe('pt')
    expect(detectLanguage('Stainless steel kitchen sink with two bowls and faucet')).toBe('en')
  })

  it('is the fallback where the text is short, without letters or of no candidate', () => {
    expect(detectLanguage('Sapato')).toBe('en')
    expect(detectLanguage('Sapato', { fallback: 'pt' })).toBe('pt')
    expect(detectLanguage('12 345 🙂', { candidates: ['ko', 'en'] })).toBe('ko')
    expect(detectLanguage('삼성 냉장고', { candidates: ['en', 'pt'] })).toBe('en')
    expect(detectLanguage('', { candidates: [] })).toBe('und')
  })

  it('does not depend on the order in which candidates are named', () => {
    const text = 'Camiseta masculina de algodão preta com manga curta'
    expect(detectLanguage(text, { candidates: ['en', 'pt'] })).toBe(detectLanguage(text, { candidates: ['pt', 'en'] }))
  })
})
