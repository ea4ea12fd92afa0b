import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fusionProfiles, vectorWeight } from './vector-weight.ts'

const usual = {
  words: 2,
  hasModelNumber: false,
  hasNumber: false,
  namesBrandOnly: false,
  foundByWords: 100,
  foundByMeaning: 100,
  agreement: 0.5,
}
const profiles = Object.entries(fusionProfiles)

describe.each(profiles)('the weight of meaning by a %s', (_, profile) => {
  it('is less for a model number, one word or a brand, and more for a description', () => {
    const of = (signals: Partial<typeof usual>) => vectorWeight(profile, { ...usual, ...signals }).weight
    expect(of({})).toBe(profile.base)
    for (const less of [{ hasModelNumber: true }, { words: 1 }, { namesBrandOnly: true }, { agreement: 0 }])
      expect(of(less)).toBeLessThan(of({}))
    expect(of({ words: 6 })).toBeGreaterThan(of({}))
  })

  it('is all where words found nothing, and nothing where meaning did', () => {
    expect(vectorWeight(profile, { ...usual, foundByWords: 0 })).toEqual({
      weight: 1,
      reasons: ['the words found nothing'],
      signals: [{ signal: 'nothingFound', change: 1 }],
    })
    expect(vectorWeight(profile, { ...usual, foundByMeaning: 0 })).toEqual({
      weight: 0,
      reasons: ['nothing is near in meaning'],
      signals: [{ signal: 'nothingNear', change: 0 }],
    })
  })

  it('stays within bounds whatever comes together, and names every change', () => {
    const signals = fc.record({
      words: fc.nat(12),
      hasModelNumber: fc.boolean(),
      hasNumber: fc.boolean(),
      namesBrandOnly: fc.boolean(),
      foundByWords: fc.integer({ min: 1, max: 100 }),
      foundByMeaning: fc.integer({ min: 1, max: 100 }),
      agreement: fc.constantFrom(0, 0.1, 1),
    })
    fc.assert(
      fc.property(signals, (given) => {
        const { weight, reasons } = vectorWeight(profile, given)
        expect(weight).toBeGreaterThan(0)
        expect(weight).toBeLessThan(1)
        expect(reasons[0]).toBe(`base ${profile.base}`)
        expect(reasons.some((reason) => reason.startsWith('a model number'))).toBe(given.hasModelNumber)
      }),
    )
  })
})
