import { describe, expect, it } from 'vitest'
import { koreanFieldWords, type WordsOfFields } from '../../apps/admin/src/pages/policy/field-words.ts'
import { allFields, policyFields } from '../../apps/admin/src/pages/policy/policy-fields.ts'
import { policyMessages } from '../../apps/admin/src/pages/policy/policy-messages.ts'
import { policyDocumentJsonSchema } from '../../engines/ranking/src/index.ts'

const fieldsIn = (words: WordsOfFields) => allFields(policyFields(policyDocumentJsonSchema(), words))

/** Every leaf of a JSON Schema, by its path. */
function leavesOf(schema: unknown, path: readonly string[] = []): readonly (readonly [string, string])[] {
  const { type, properties } = schema as { type: string; properties?: Readonly<Record<string, unknown>> }
  if (type !== 'object') return [[path.join('.'), type]]
  return Object.entries(properties ?? {}).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

describe('the words of the ranking policy', () => {
  it('are in Korean for every value of the schema, and for no other', () => {
    const paths = leavesOf(policyDocumentJsonSchema()).map(([path]) => path)
    expect(Object.keys(koreanFieldWords).toSorted()).toEqual(paths.toSorted())
  })

  it('are written in Hangul, and differ from the English ones', () => {
    const english = new Map(fieldsIn({}).map((field) => [field.path, field]))
    for (const { path, title, description } of fieldsIn(koreanFieldWords)) {
      expect([path, title, description]).toEqual([
        path,
        expect.stringMatching(/[가-힣]/),
        expect.stringMatching(/[가-힣]{2,}/),
      ])
      expect(title).not.toBe(english.get(path)?.title)
    }
  })

  it('reach every value that the form shows: it shows all there are', () => {
    expect(fieldsIn(koreanFieldWords).map(({ path }) => path)).toEqual(
      leavesOf(policyDocumentJsonSchema()).map(([path]) => path),
    )
  })

  it('name every choice: what is no number is one of the words that the form knows', () => {
    const { en, ko } = policyMessages
    for (const { choices } of fieldsIn({}))
      for (const choice of choices ?? []) {
        expect(Object.keys(en)).toContain(choice)
        expect(ko[choice as keyof typeof ko]).toMatch(/[가-힣]/)
      }
    const words = leavesOf(policyDocumentJsonSchema()).filter(([, type]) => type !== 'number')
    const chosen = fieldsIn({}).filter(({ choices }) => choices !== null)
    expect(words).toEqual(chosen.map(({ path }) => [path, 'string']))
  })
})
