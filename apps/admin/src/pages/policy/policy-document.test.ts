import type { PolicyDocument } from '@eip/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes, completed, flat, merge, withValue } from './policy-document.ts'
import { allFields, policyFields } from './policy-fields.ts'

const number = fc.integer({ min: 0, max: 3 })
const documents: fc.Arbitrary<PolicyDocument> = fc.record({
  weights: fc.record({ text: number, rating: number, price: number }),
  features: fc.record({ popularity: fc.record({ half: number }), text: fc.constant({}) }),
  guards: fc.record({ unavailable: fc.constantFrom('hide', 'sink', 'show') }),
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

  it('has its guards changed by words', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom('hide', 'sink', 'show'), (given, action) => {
        const changed = withValue(given, 'guards.unavailable', action)
        expect(changed).toEqual({ ...given, guards: { unavailable: action } })
      }),
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

const rating = { type: 'number', title: 'Rating', description: 'Stars', minimum: -1, maximum: 1 }
const half = { type: 'number', exclusiveMinimum: 0, default: 50 }
const unavailable = { type: 'string', enum: ['hide', 'sink', 'show'], title: 'Out of stock', default: 'sink' }
const fields = policyFields({
  properties: {
    weights: { properties: { rating } },
    features: { properties: { text: { properties: {} }, popularity: { title: 'Popularity', properties: { half } } } },
    guards: { properties: { unavailable } },
  },
})

describe('what can be set', () => {
  it('comes from the schema', () => {
    const number = { choices: null, description: '' }
    expect(fields).toEqual({
      weights: [
        {
          ...{ path: 'weights.rating', title: 'Rating', description: 'Stars', minimum: -1, maximum: 1 },
          ...{ choices: null, absent: 0 },
        },
      ],
      features: [
        {
          ...{ name: 'popularity', title: 'Popularity' },
          fields: [
            { ...number, path: 'features.popularity.half', title: 'half', minimum: 0, maximum: null, absent: 50 },
          ],
        },
      ],
      guards: [
        {
          ...{ path: 'guards.unavailable', title: 'Out of stock', description: '', minimum: null, maximum: null },
          ...{ choices: ['hide', 'sink', 'show'], absent: 'show' },
        },
      ],
    })
  })

  it('counts nothing and hides nothing in a document that does not speak of it', () => {
    const old = { weights: {}, features: {} }
    const whole = completed(old, allFields(fields))
    expect(whole).toEqual({
      weights: { rating: 0 },
      features: { popularity: { half: 50 } },
      guards: { unavailable: 'show' },
    })
    expect(completed(whole, allFields(fields))).toBe(whole)
  })
})
