import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreement } from './agreement.ts'
import { fuse } from './fuse.ts'
import { type FusionMethod, normalizations } from './normalization.ts'

const methods = Object.keys(normalizations) as FusionMethod[]
const textScore = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true }))
const cosine = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -1, max: 1, noNaN: true }))
const lists = fc.array(fc.tuple(textScore, cosine), { maxLength: 40 }).map((pairs) => ({
  count: pairs.length,
  text: Float64Array.from(pairs, ([text]) => text),
  vector: Float64Array.from(pairs, ([, vector]) => vector),
}))
const weights = fc.double({ min: 0, max: 1, noNaN: true })

describe.each(methods)('fusion by %s', (method) => {
  it('gives shares from 0 to the weight of their side', () => {
    fc.assert(
      fc.property(lists, weights, (scores, vectorWeight) => {
        const shares = fuse(scores, { method, vectorWeight })
        for (const share of shares.text) expect(share).toSatisfy((x: number) => x >= 0 && x <= 1 - vectorWeight)
        for (const share of shares.vector) expect(share).toSatisfy((x: number) => x >= 0 && x <= vectorWeight)
      }),
    )
  })

  it('keeps the order of each list, and puts what is absent below nothing that is there', () => {
    fc.assert(
      fc.property(lists, (scores) => {
        const shares = fuse(scores, { method, vectorWeight: 0.5 })
        for (let a = 0; a < scores.count; a++)
          for (let b = 0; b < scores.count; b++) {
            if (scores.text[a]! > scores.text[b]!) expect(shares.text[a]).toBeGreaterThanOrEqual(shares.text[b]!)
            if (scores.vector[a]! > scores.vector[b]!)
              expect(shares.vector[a]).toBeGreaterThanOrEqual(shares.vector[b]!)
            if (Number.isNaN(scores.vector[a]!)) expect(shares.vector[a]).toBe(0)
          }
      }),
    )
  })

  it('gives the same to the same scores in whatever order they come', () => {
    fc.assert(
      fc.property(lists, (scores) => {
        const turned = { ...scores, text: scores.text.toReversed(), vector: scores.vector.toReversed() }
        const shares = fuse(scores, { method, vectorWeight: 0.3 })
        const ofTurned = fuse(turned, { method, vectorWeight: 0.3 })
        // Sums taken in another order differ in their last bits.
        shares.text.forEach((share, i) => {
          expect(ofTurned.text[scores.count - 1 - i]).toBeCloseTo(share, 12)
        })
        shares.vector.forEach((share, i) => {
          expect(ofTurned.vector[scores.count - 1 - i]).toBeCloseTo(share, 12)
        })
      }),
    )
  })

  it('refuses weights and lists that cannot be', () => {
    const scores = { count: 2, text: new Float64Array(2), vector: new Float64Array(1) }
    expect(() => fuse(scores, { method, vectorWeight: 0.5 })).toThrow(RangeError)
    expect(() => fuse({ ...scores, count: 0 }, { method, vectorWeight: 1.5 })).toThrow(RangeError)
    expect(() => fuse({ ...scores, count: 0 }, { method, vectorWeight: Number.NaN })).toThrow(RangeError)
  })
})

describe('the methods', () => {
  const text = Float64Array.of(8, 4, 0)
  const vector = Float64Array.of(0.2, Number.NaN, 0.6)
  const shared = (method: FusionMethod) => {
    const shares = fuse({ count: 3, text, vector }, { method, vectorWeight: 0.5 })
    return [[...shares.text], [...shares.vector]]
  }
  it('are as their sources say', () => {
    expect(shared('maximum')).toEqual([
      [0.5, 0.25, 0],
      [0.5 * (0.2 / 0.6), 0, 0.5],
    ])
    expect(shared('min-max')).toEqual([
      [0.5, 0.25, 0],
      [0, 0, 0.5],
    ])
    expect(shared('reciprocal-rank')).toEqual([
      [0.5, (0.5 * 31) / 32, 0],
      [(0.5 * 31) / 32, 0, 0.5],
    ])
    const [byText] = shared('z-score') as [number[]]
    expect(byText[1]).toBeCloseTo(0.25, 12)
    expect(byText[0]! + byText[2]!).toBeCloseTo(0.5, 12)
  })
})

describe('agreement', () => {
  it('is the overlap of both lists of ten', () => {
    fc.assert(
      fc.property(lists, ({ text, vector, count }) => {
        const best = (scores: Float64Array) =>
          Array.from(scores, (score, i) => ({ score, i }))
            .filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score || a.i - b.i)
            .slice(0, 10)
            .map(({ i }) => i)
        const [byText, byVector] = [best(text), best(vector)]
        const shorter = Math.min(byText.length, byVector.length)
        const both = byText.filter((i) => byVector.includes(i)).length
        expect(agreement(text, vector, count)).toBe(shorter === 0 ? 0 : both / shorter)
      }),
    )
  })
})
