import { describe, expect, it } from 'vitest'
import { histogramQuantile } from './histogram-quantile.ts'

const bounds = [1, 3, 7]

describe('the quantile of a histogram', () => {
  it('lies within its bucket as far as the values before it fill that bucket', () => {
    // Ten values: four up to 1, four up to 3, two up to 7. The 5th is a quarter into (1, 3], the 9.5th three quarters into (3, 7].
    expect(histogramQuantile(0.5, bounds, [4, 4, 2, 0])).toBe(1.5)
    expect(histogramQuantile(0.95, bounds, [4, 4, 2, 0])).toBeCloseTo(6, 12)
    expect(histogramQuantile(0.2, bounds, [4, 4, 2, 0])).toBe(0.5)
    expect(histogramQuantile(1, bounds, [4, 4, 2, 0])).toBe(7)
  })

  it('passes over empty buckets', () => {
    expect(histogramQuantile(0.5, bounds, [0, 0, 2, 0])).toBe(5)
    expect(histogramQuantile(0.5, bounds, [1, 0, 1, 0])).toBe(1)
    expect(histogramQuantile(0, bounds, [0, 4, 0, 0])).toBe(1)
  })

  it('is the last bound for what lies over all of them, and null for none', () => {
    expect(histogramQuantile(0.5, bounds, [0, 0, 0, 9])).toBe(7)
    expect(histogramQuantile(0.99, bounds, [5, 0, 0, 5])).toBe(7)
    expect(histogramQuantile(0.5, bounds, [0, 0, 0, 0])).toBeNull()
  })
})
