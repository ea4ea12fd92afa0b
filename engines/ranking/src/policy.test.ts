import { isFailure } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { features } from './feature-set.ts'
import { defaultPolicy, parsePolicy, policyName, policySchema, relevancePolicy } from './policy.ts'

const failureOf = (document: unknown) => {
  try {
    parsePolicy(document)
  } catch (error) {
    if (isFailure(error)) return error
  }
  throw new Error('was taken')
}

describe('a policy', () => {
  it('is frozen through and through, and shares nothing with the document it was read from', () => {
    const document = structuredClone(defaultPolicy) as { weights: { text: number } }
    const policy = parsePolicy(document)
    document.weights.text = 50
    expect(policy.weights.text).toBe(1)
    expect(() => Object.assign(policy.weights, { text: 2 })).toThrow(TypeError)
    expect(() => Object.assign(policy.features.rating, { priorMean: 2 })).toThrow(TypeError)
  })

  it('survives JSON', () => {
    for (const policy of [defaultPolicy, relevancePolicy])
      expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
  })

  it('has a weight and parameters for every feature', () => {
    const names = Object.keys(features).sort()
    expect(Object.keys(policySchema.shape.weights.shape).sort()).toEqual(names)
    expect(Object.keys(policySchema.shape.features.shape).sort()).toEqual(names)
    for (const [name, feature] of Object.entries(features)) expect(feature.name).toBe(name)
  })

  it.each([
    ['weights.text', { ...defaultPolicy, weights: { ...defaultPolicy.weights, text: Number.NaN } }],
    ['weights.text', { ...defaultPolicy, weights: { ...defaultPolicy.weights, text: '1' } }],
    ['weights.charm', { ...defaultPolicy, weights: { ...defaultPolicy.weights, charm: 1 } }],
    [
      'features.popularity.half',
      { ...defaultPolicy, features: { ...defaultPolicy.features, popularity: { half: 0 } } },
    ],
    ['schema', { ...defaultPolicy, schema: 3 }],
    ['version', { ...defaultPolicy, version: 0 }],
    ['id', { ...defaultPolicy, id: 'Best one' }],
    ['policy', null],
  ])('that is wrong in %s is refused with that name', (field, document) => {
    const failure = failureOf(document)
    expect(failure.code).toBe('ranking.bad-policy')
    expect(failure.message).toContain(`${field}: `)
  })

  it('of nonsense is refused with every faulty field in the details, and a sentence that can be read', () => {
    const nonsense = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`nonsense-${at}`, at]))
    const { rating: _, ...others } = defaultPolicy.weights
    const failure = failureOf({ ...defaultPolicy, weights: { ...others, ...nonsense } })
    const faults = failure.details.faults as { field: string; message: string }[]
    expect(faults).toHaveLength(601)
    expect(faults).toContainEqual({ field: 'weights.rating', message: 'is missing' })
    expect(faults).toContainEqual({ field: 'weights.nonsense-599', message: 'is no field of a policy' })
    expect(failure.message.length).toBeLessThan(2_000)
    expect(failure.message).toContain('and 581 more')
    const long = failureOf({ ...defaultPolicy, ['x'.repeat(1e6)]: 1 })
    expect(long.message.length).toBeLessThan(300)
  })

  it('is named by id and version', () => {
    expect(policyName(defaultPolicy)).toBe('default@1')
  })
})
