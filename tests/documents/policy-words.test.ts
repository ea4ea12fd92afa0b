import { describe, expect, it } from 'vitest'
import { koreanFieldWords, type WordsOfFields } from '../../apps/admin/src/pages/policy/field-words.ts'
import { policyFields } from '../../apps/admin/src/pages/policy/policy-fields.ts'
import { policyDocumentJsonSchema } from '../../engines/ranking/src/index.ts'

const fieldsIn = (words: WordsOfFields) => {
  const { weights, features } = policyFields(policyDocumentJsonSchema(), words)
  return [...weights, ...features.flatMap(({ fields }) => fields)]
}

/** Every leaf of a JSON Schema, by its path. */
function leavesOf(schema: unknown, path: readonly string[] = []): readonly (readonly [string, string])[] {
  const { type, properties } = schema as { type: string; properties?: Readonly<Record<string, unknown>> }
  if (type !== 'object') return [[path.join('.'), type]]
  return Object.entries(properties ?? {}).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

describe('the words of the ranking policy', () => {
  it('are in Korean for every number of the schema, and for no other', () => {
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

  it('reach every number that the form shows: it shows all there are', () => {
    const leaves = leavesOf(policyDocumentJsonSchema())
    // A choice among words would need words of its own: the form knows numbers.
    expect(leaves.filter(([, type]) => type !== 'number')).toEqual([])
    expect(fieldsIn(koreanFieldWords).map(({ path }) => path)).toEqual(leaves.map(([path]) => path))
  })
})
