import { describe, expect, it } from 'vitest'
import { pairedBootstrap } from './bootstrap.ts'

const figures = (values: readonly number[]) => new Map(values.map((value, i) => [`q${i}`, value]))

describe('the paired bootstrap', () => {
  it('finds nothing between a model and itself', () => {
    const same = figures([0.1, 0.9, 0.4])
    expect(pairedBootstrap(same, same)).toEqual({ mean: 0, low: 0, high: 0 })
  })

  it('is sure of a difference that every query has, and unsure of one that a single query has', () => {
    const baseline = figures(Array.from({ length: 50 }, (_, i) => i / 100))
    const better = new Map([...baseline].map(([query, value]) => [query, value + 0.1]))
    const sure = pairedBootstrap(better, baseline)
    expect(sure.mean).toBeCloseTo(0.1, 12)
    expect(sure.low).toBeCloseTo(0.1, 12)
    const lucky = new Map([...baseline].map(([query, value]) => [query, query === 'q7' ? 1 : value]))
    const unsure = pairedBootstrap(lucky, baseline)
    expect(unsure.mean).toBeGreaterThan(0)
    expect(unsure.low).toBe(0)
  })

  it('compares the queries that both have, and repeats itself', () => {
    const [model, baseline] = [figures([1, 0, 1, 0.5]), figures([0, 1, 0])]
    const difference = pairedBootstrap(model, baseline)
    expect(difference.mean).toBeCloseTo(1 / 3, 12)
    expect(difference.low).toBeLessThan(0)
    expect(pairedBootstrap(model, baseline)).toEqual(difference)
    expect(pairedBootstrap(model, new Map())).toEqual({ mean: 0, low: 0, high: 0 })
  })
})
