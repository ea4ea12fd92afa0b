import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Explanation, matchedTerms, scoreBar, scoreParts, scoreScale } from './score-parts.ts'

const explanation = (...contributions: number[]): Explanation => ({
  guard: null,
  features: contributions.map((contribution, at) => ({
    name: `feature ${at}`,
    value: null,
    neutral: 0,
    weight: 1,
    contribution,
  })),
  text: { score: 1, best: 1, share: 1, terms: [] },
  vector: null,
  wishes: [],
})

describe('the bars of a score', () => {
  it('stay inside their field, whatever the contributions; the longest just fits', () => {
    const contributions = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(contributions, { minLength: 1, maxLength: 4 }), (hits) => {
        const explanations = hits.map((each) => explanation(...each))
        const scale = scoreScale(explanations)
        const bars = explanations.flatMap((each) => scoreParts(each).map((part) => scoreBar(part.contribution, scale)))
        for (const { left, width } of bars) {
          expect(left).toBeGreaterThanOrEqual(0)
          expect(left + width).toBeLessThanOrEqual(1 + 1e-9)
        }
        if (bars.length > 0) {
          const reach =
            Math.max(...bars.map(({ left, width }) => left + width)) -
            Math.min(scale.zero, ...bars.map(({ left }) => left))
          expect(reach).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  it('go to the left where a part sinks the product', () => {
    const scale = scoreScale([explanation(0.6, -0.2)])
    expect(scale.zero).toBeCloseTo(0.25)
    expect(scoreBar(-0.2, scale)).toEqual({ left: 0, width: expect.closeTo(0.25) })
    expect(scoreBar(0.6, scale)).toEqual({ left: expect.closeTo(0.25), width: expect.closeTo(0.75) })
  })

  it('leave out what is not worth a pixel', () => {
    expect(scoreParts(explanation(0.3, 0, 0.0001)).map(({ name }) => name)).toEqual(['feature 0'])
  })

  it('name each found word once, the weightiest first', () => {
    const term = (name: string, score: number) => ({
      term: name,
      documentFrequency: 1,
      inverseDocumentFrequency: 1,
      termFrequency: 1,
      score,
    })
    const { text, ...rest } = explanation(1)
    const terms = [term('red', 1), term('kettle', 3), term('red', 0.5), term('pot', 0)]
    expect(matchedTerms({ ...rest, text: { ...text, terms } })).toEqual(['kettle', 'red'])
  })
})
