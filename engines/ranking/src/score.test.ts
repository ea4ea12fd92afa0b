import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidates, type RankingColumn, rankingColumns } from './candidates.ts'
import { explain } from './explain.ts'
import { guardActions } from './guard-action.ts'
import { order } from './order.ts'
import { defaultPolicy, type Policy, parsePolicy, relevancePolicy } from './policy.ts'
import { score } from './score.ts'

type Row = Readonly<{ id: string; text: number; vector: number; intent: number } & Record<RankingColumn, number>>

const now = Date.UTC(2026, 0, 1)
const day = 86_400_000
const orAbsent = (values: fc.Arbitrary<number>) => fc.oneof(values, fc.constant(Number.NaN))
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const rowContents = fc.record({
  text: finite(0, 1),
  vector: orAbsent(finite(0, 1)),
  intent: finite(0, 1),
  price: orAbsent(finite(0, 1e6)),
  rating: orAbsent(finite(0, 5)),
  ratingCount: orAbsent(fc.integer({ min: 0, max: 1e6 })),
  popularity: orAbsent(fc.integer({ min: 0, max: 1e7 })),
  createdAt: orAbsent(fc.integer({ min: now - 4_000 * day, max: now + 10 * day })),
  atp: orAbsent(fc.integer({ min: -2, max: 50 })),
  daysOfCover: orAbsent(finite(0, 400)),
  logisticsScore: orAbsent(finite(0, 1)),
  coverage: orAbsent(fc.integer({ min: 0, max: 7 })),
})
const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(rowContents, { minLength: 1, maxLength: 40 })
  .map((contents) => contents.map((content, i) => ({ id: `p${i}`, ...content })))

const weight = finite(-3, 3)
const policies: fc.Arbitrary<Policy> = fc
  .record({
    weights: fc.record({
      text: weight,
      vector: weight,
      intent: weight,
      popularity: weight,
      price: weight,
      rating: weight,
      freshness: weight,
      availability: weight,
      stock: weight,
      logistics: weight,
    }),
    features: fc.record({
      text: fc.constant({}),
      vector: fc.constant({}),
      intent: fc.constant({}),
      popularity: fc.record({ half: finite(0.5, 1e4) }),
      price: fc.record({ half: finite(0.5, 1e4) }),
      rating: fc.record({ priorMean: finite(0, 5), priorWeight: finite(0.1, 100) }),
      freshness: fc.record({ halfLifeDays: finite(1, 2_000) }),
      availability: fc.constant({}),
      stock: fc.record({ floorDays: finite(0.5, 20), ceilingDays: finite(0.5, 200) }),
      logistics: fc.record({ usual: finite(0, 1) }),
    }),
    guards: fc.record({
      unavailable: fc.constantFrom(...guardActions),
      undeliverable: fc.constantFrom(...guardActions),
    }),
  })
  .map((parts) => parsePolicy({ id: 'any', version: 1, schema: 2, ...parts }))

function candidatesOf(list: readonly Row[]): Candidates {
  const [text, vector, intent] = (['text', 'vector', 'intent'] as const).map((name) =>
    Float64Array.from(list, (row) => row[name]),
  ) as [Float64Array, Float64Array, Float64Array]
  const columns = Object.fromEntries(
    rankingColumns.map((name) => [name, Float64Array.from(list, (row) => row[name])] as const),
  )
  return { count: list.length, text, vector, intent, columns }
}

const scoresOf = (policy: Policy, list: readonly Row[]) =>
  score(policy, candidatesOf(list), now, new Float64Array(list.length))

/** The feature that a column belongs to, where their names differ; coverage is for guards alone. */
const featureOf = {
  ...{ ratingCount: 'rating', createdAt: 'freshness', atp: 'availability', daysOfCover: 'stock' },
  ...{ logisticsScore: 'logistics', coverage: null },
} as const

/** The definition, product by product, in plain objects: what the arrays must equal. */
function naiveScore({ weights, features }: Policy, row: Row): number {
  let sum = weights.text * row.text + weights.intent * row.intent
  if (!Number.isNaN(row.vector)) sum += weights.vector * row.vector
  if (!Number.isNaN(row.popularity)) {
    const log = Math.log(1 + row.popularity)
    sum += (weights.popularity * log) / (log + Math.log(1 + features.popularity.half))
  }
  if (!Number.isNaN(row.price)) sum += weights.price * (1 / (1 + row.price / features.price.half) - 0.5)
  if (!Number.isNaN(row.rating) && row.ratingCount > 0) {
    const { priorMean, priorWeight } = features.rating
    const shareOfPrior = priorWeight / (priorWeight + row.ratingCount)
    sum += (weights.rating * (1 - shareOfPrior) * (row.rating - priorMean)) / 5
  }
  if (!Number.isNaN(row.createdAt)) {
    const ageDays = Math.max(0, now - row.createdAt) / day
    sum += weights.freshness * (0.5 ** (ageDays / features.freshness.halfLifeDays) - 0.5)
  }
  if (row.atp <= 0) sum -= weights.availability
  if (!Number.isNaN(row.daysOfCover)) {
    const { floorDays } = features.stock
    const ceiling = Math.max(floorDays, features.stock.ceilingDays)
    const shortage = Math.max(0, 1 - row.daysOfCover / floorDays) / 2
    const surplus = Math.min(0.5, Math.max(0, row.daysOfCover / ceiling - 1))
    sum += weights.stock * (row.daysOfCover < floorDays ? -shortage : surplus)
  }
  if (!Number.isNaN(row.logisticsScore)) sum += weights.logistics * (row.logisticsScore - features.logistics.usual)
  return sum
}

describe('score', () => {
  it('equals the definition computed product by product', () => {
    fc.assert(
      fc.property(policies, rows, (policy, list) => {
        const scores = scoresOf(policy, list)
        list.forEach((row, i) => {
          expect(scores[i]).toBeCloseTo(naiveScore(policy, row), 9)
        })
      }),
    )
  })

  it('ranks alike in whatever order the candidates come', () => {
    fc.assert(
      fc.property(policies, rows, fc.infiniteStream(fc.nat()), (policy, list, keys) => {
        const shuffled = list
          .map((row) => ({ row, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row)
        const rank = (some: readonly Row[]) => {
          const ids = some.map((row) => row.id)
          return [...order(scoresOf(policy, some), ids)].map((i) => ids[i])
        }
        expect(rank(shuffled)).toEqual(rank(list))
      }),
    )
  })

  it('takes nothing and gives nothing for an absent value', () => {
    fc.assert(
      fc.property(policies, rows, fc.constantFrom(...rankingColumns), (policy, list, column) => {
        const without = list.map((row) => ({ ...row, [column]: Number.NaN }))
        const candidates = candidatesOf(list)
        const { [column]: _leftOut, ...columns } = candidates.columns
        const leftOut = score(policy, { ...candidates, columns }, now, new Float64Array(list.length))
        expect([...leftOut]).toEqual([...scoresOf(policy, without)])
        const affected = column in featureOf ? featureOf[column as keyof typeof featureOf] : column
        if (affected === null) return
        const explained = explain(policy, candidatesOf(without), now, 0).find(({ name }) => name === affected)
        expect(explained).toMatchObject({ value: null, contribution: 0 })
      }),
    )
  })

  const better: readonly Readonly<{
    weight: keyof Policy['weights']
    column: RankingColumn | 'text' | 'vector' | 'intent'
    sign: 1 | -1
  }>[] = [
    { weight: 'text', column: 'text', sign: 1 },
    { weight: 'vector', column: 'vector', sign: 1 },
    { weight: 'intent', column: 'intent', sign: 1 },
    { weight: 'popularity', column: 'popularity', sign: 1 },
    { weight: 'price', column: 'price', sign: -1 },
    { weight: 'rating', column: 'rating', sign: 1 },
    { weight: 'freshness', column: 'createdAt', sign: 1 },
    { weight: 'availability', column: 'atp', sign: 1 },
    { weight: 'stock', column: 'daysOfCover', sign: 1 },
    { weight: 'logistics', column: 'logisticsScore', sign: 1 },
  ]
  it.each(better)('never sinks a product for a better $column when $weight has a positive weight', (better) => {
    fc.assert(
      fc.property(policies, rows, finite(0.01, 3), finite(0, 1e5), (policy, list, positive, step) => {
        const lifted = { ...policy, weights: { ...policy.weights, [better.weight]: positive } }
        const [first, ...others] = list as [Row, ...Row[]]
        const improved = { ...first, [better.column]: Math.max(0, first[better.column] + better.sign * step) }
        if (better.column === 'rating') improved.rating = Math.min(5, improved.rating)
        const before = scoresOf(lifted, [first, ...others])[0]!
        const after = scoresOf(lifted, [improved, ...others])[0]!
        expect(after).toBeGreaterThanOrEqual(before - 1e-12)
      }),
    )
  })

  it('is words and meaning by the relevance policy, and words alone where there is no vector', () => {
    const list = [
      { ...blank, id: 'p0', text: 0.5, vector: 0.25, intent: 1 },
      { ...blank, id: 'p1', text: 0.5 },
    ]
    expect([...scoresOf(relevancePolicy, list)]).toEqual([0.75, 0.5])
    const wordsOnly = { ...candidatesOf(list), vector: null, intent: null }
    expect([...score(relevancePolicy, wordsOnly, now, new Float64Array(2))]).toEqual([0.5, 0.5])
  })

  it('keeps infinite and impossible values from spoiling a score', () => {
    const odd = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -5, 1e308, Number.NaN]
    const list = odd.map((value, i) => ({
      id: `p${i}`,
      text: 1,
      vector: 0,
      intent: 0,
      ...(Object.fromEntries(rankingColumns.map((name) => [name, value])) as Record<RankingColumn, number>),
    }))
    for (const value of scoresOf(defaultPolicy, list)) expect(value).toSatisfy(Number.isFinite)
  })

  it('refuses an array that is too short', () => {
    expect(() => score(relevancePolicy, candidatesOf([blank]), now, new Float64Array(0))).toThrow(RangeError)
  })
})

const blank: Row = {
  id: 'p',
  text: 1,
  vector: Number.NaN,
  intent: 0,
  price: Number.NaN,
  rating: Number.NaN,
  ratingCount: Number.NaN,
  popularity: Number.NaN,
  createdAt: Number.NaN,
  atp: Number.NaN,
  daysOfCover: Number.NaN,
  logisticsScore: Number.NaN,
  coverage: Number.NaN,
}

describe('explain', () => {
  it('sums to the score', () => {
    fc.assert(
      fc.property(policies, rows, (policy, list) => {
        const candidates = candidatesOf(list)
        const scores = scoresOf(policy, list)
        list.forEach((_row, i) => {
          const sum = explain(policy, candidates, now, i).reduce((total, part) => total + part.contribution, 0)
          expect(Math.abs(sum - scores[i]!)).toBeLessThanOrEqual(1e-12)
        })
      }),
    )
  })

  it('shows value, neutral, weight and contribution of every feature', () => {
    const list = [{ ...blank, text: 0.6, vector: 0.4, intent: 0.5, popularity: 100, atp: 0 }, blank]
    expect(explain(defaultPolicy, candidatesOf(list), now, 0)).toEqual([
      { name: 'text', value: 0.6, neutral: 0, weight: 1, contribution: 0.6 },
      { name: 'vector', value: 0.4, neutral: 0, weight: 1, contribution: 0.4 },
      { name: 'intent', value: 0.5, neutral: 0, weight: 0.1, contribution: 0.05 },
      { name: 'popularity', value: 0.5, neutral: 0, weight: 0.1, contribution: 0.05 },
      { name: 'price', value: null, neutral: 0.5, weight: 0, contribution: 0 },
      { name: 'rating', value: null, neutral: 0.76, weight: 0.2, contribution: 0 },
      { name: 'freshness', value: null, neutral: 0.5, weight: 0.02, contribution: 0 },
      { name: 'availability', value: 0, neutral: 1, weight: 0.3, contribution: -0.3 },
      { name: 'stock', value: null, neutral: 0.5, weight: 0.06, contribution: 0 },
      { name: 'logistics', value: null, neutral: 0.9, weight: 0.2, contribution: 0 },
    ])
  })

  it('refuses a candidate that is not there', () => {
    for (const index of [-1, 1, 0.5, Number.NaN])
      expect(() => explain(relevancePolicy, candidatesOf([blank]), now, index)).toThrow(RangeError)
  })
})
