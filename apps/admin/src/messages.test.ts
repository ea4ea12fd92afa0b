import type { Messages } from '@eip/theme/messages'
import { describe, expect, it } from 'vitest'

type Dictionary = Messages<Readonly<Record<string, string>>>

const isDictionary = (exported: unknown): exported is Dictionary =>
  typeof exported === 'object' && exported !== null && 'en' in exported && 'ko' in exported

const files = import.meta.glob<Readonly<Record<string, unknown>>>(
  ['./shell/*-messages.ts', './pages/*/*-messages.ts'],
  { eager: true },
)
const dictionaries = Object.entries(files).flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, dictionary]) =>
    isDictionary(dictionary) ? [{ name: `${name} of ${file}`, dictionary }] : [],
  ),
)

const valuesIn = (message: unknown) =>
  [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe.each(dictionaries)('$name', ({ dictionary: { en, ko } }) => {
  it('says in Korean whatever it says in English', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort())
    for (const [key, message] of Object.entries(ko)) expect(JSON.stringify(message), key).not.toMatch(/"\s*"/)
  })

  it('names the same values in both languages', () => {
    for (const [key, message] of Object.entries(en)) expect(valuesIn(ko[key]), key).toEqual(valuesIn(message))
  })
})
