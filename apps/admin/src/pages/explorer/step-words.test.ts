import { translate } from '@eip/theme/messages'
import { expect, it } from 'vitest'
import { queryStepsMessages } from './query-steps-messages.ts'
import { stepWords } from './step-words.ts'

const english = (cause: Parameters<typeof stepWords>[0]['cause'], result = '') =>
  stepWords({ result, cause }, translate(queryStepsMessages, 'en'), 'en')

it('says what a slot asks for, and what comes of it', () =>
  expect(english({ code: 'slot', kind: 'colour', value: 'Blue', attribute: 'colour', effect: 'wish' })).toEqual({
    result: 'colour: Blue',
    reason: 'Such products stand higher.',
  }))

it('says how much each signal moved the weight of meaning', () => {
  const signals = [
    { signal: 'base', change: 0.4 },
    { signal: 'oneWord', change: -0.3 },
  ] as const
  expect(english({ code: 'weights', meaning: 0.1, signals: [...signals] })).toEqual({
    result: 'words 90%, meaning 10%',
    reason: 'meaning begins at 40%, one word alone −30%',
  })
})

it('speaks the language of the page', () =>
  expect(
    stepWords(
      { result: 'ko, en', cause: { code: 'language', isGiven: false } },
      translate(queryStepsMessages, 'ko'),
      'ko',
    ).reason,
  ).toMatch(/^감지한 언어/))
