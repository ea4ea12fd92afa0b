import type { PolicyDocument } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes, flat, merge, withValue } from './policy-document.ts'
import { policyFields } from './policy-fields.ts'

const number = fc.integer({ min: 0, max: 3 })
const documents: fc.Arbitrary<PolicyDocument> = fc.record({
  weights: fc.record({ text: number, rating: number, price: number }),
  features: fc.record({ popularity: fc.record({ half: number }), text: fc.constant({}) }),
})

describe('a policy document', () => {
  it('differs by what was set, and by nothing else', () => {
    fc.assert(
      fc.property(
        documents,
        fc.constantFrom('weights.text', 'features.popularity.half'),
        number,
        (given, path, value) => {
          const before = flat(given).get(path)!
          const expected = before === value ? [] : [{ path, before, after: value }]
          expect(changes(given, withValue(given, path, value))).toEqual(expected)
        },
      ),
    )
  })

  it('becomes another by its differences', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const made = changes(before, after).reduce(
          (now, { path, after: value }) => withValue(now, path, value!),
          before,
        )
        expect(made).toEqual(after)
      }),
    )
  })
})

describe('two who change one policy', () => {
  it('lose nothing: what one alone changed is in, what both changed is mine and named', () => {
    fc.assert(
      fc.property(documents, documents, documents, (base, theirs, mine) => {
        const { document, touched } = merge(base, theirs, mine)
        const [old, other, own, merged] = [flat(base), flat(theirs), flat(mine), flat(document)]
        for (const [path, value] of merged) {
          const [was, is, ours] = [old.get(path), other.get(path), own.get(path)]
          expect(value).toBe(ours === was ? is : ours)
          const isConflict = was !== is && was !== ours && is !== ours
          expect(touched.find((each) => each.path === path)?.isConflict ?? false).toBe(isConflict)
        }
      }),
    )
  })
})

it('what can be set comes from the schema', () => {
  const rating = { type: 'number', title: 'Rating', description: 'Stars', minimum: -1, maximum: 1 }
  const half = { type: 'number', exclusiveMinimum: 0 }
  const fields = policyFields({
    properties: {
      weights: { properties: { rating } },
      features: { properties: { text: { properties: {} }, popularity: { title: 'Popularity', properties: { half } } } },
    },
  })
  expect(fields.weights).toEqual([
    { path: 'weights.rating', title: 'Rating', description: 'Stars', minimum: -1, maximum: 1 },
  ])
  expect(fields.features).toEqual([
    {
      ...{ name: 'popularity', title: 'Popularity' },
      fields: [{ path: 'features.popularity.half', title: 'half', description: '', minimum: 0, maximum: null }],
    },
  ])
})
