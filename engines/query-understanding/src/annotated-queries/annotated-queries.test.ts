import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IntentLexicon } from '../intents/intent-lexicon.ts'
import { lexiconOf } from '../intents/intents.fixture.ts'
import { readIntents } from '../intents/read-intents.ts'
import { type AnnotatedQuery, annotatedQueries, marketProducts, scoreSlots } from './index.ts'

describe('the annotated queries', () => {
  let lexicons: Record<AnnotatedQuery['catalogue'], IntentLexicon>
  beforeAll(() => {
    lexicons = { 'demo-shop': lexiconOf(generateDemoShop()), market: lexiconOf(marketProducts()) }
  })

  const scoreOf = (language: string, languages: readonly string[]) =>
    scoreSlots(
      annotatedQueries
        .filter((annotated) => language === 'all' || annotated.language === language)
        .map(({ query, catalogue, slots }) => ({
          expected: slots,
          found: readIntents(query, lexicons[catalogue], { languages }),
        })),
    )

  it('are a hundred in English and Korean, each once, and some in Portuguese', () => {
    const count = (language: string) => annotatedQueries.filter((annotated) => annotated.language === language).length
    expect([count('en'), count('ko')]).toEqual([60, 40])
    expect(new Set(annotatedQueries.map(({ catalogue, query }) => `${catalogue} ${query}`)).size).toBe(110)
  })

  it('are read with an F1 of .85 over all, and of .8 in each language', () => {
    const every = ['en', 'ko', 'pt']
    expect(scoreOf('all', every).f1).toBeGreaterThanOrEqual(0.85)
    for (const language of every) expect(scoreOf(language, every).f1).toBeGreaterThanOrEqual(0.8)
  })

  it('are read as well when only the language of the query is asked', () => {
    for (const language of ['en', 'ko', 'pt']) expect(scoreOf(language, [language]).f1).toBeGreaterThanOrEqual(0.8)
  })
})
