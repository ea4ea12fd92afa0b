import { describe, expect, it } from 'vitest'
import { lateness, latestDate, slowest, wholeDays } from './promise-words.ts'

describe('the words of a delivery', () => {
  it('count whole days, one at least', () => {
    expect([0, 0.4, 1.5, 4.6].map(wholeDays)).toEqual([1, 1, 2, 5])
  })

  it('name a latest day that is never too early', () => {
    const day = 86_400_000
    expect(latestDate(7.1, 0)).toBe(8 * day)
    expect(latestDate(0, 0)).toBe(day)
  })

  it('say a probability as people do, and say more as it grows', () => {
    expect([0, 0.02, 0.05, 0.2, 0.6].map(lateness)).toEqual(['hardly', 'hardly', 'seldom', 'sometimes', 'often'])
  })

  it('wait for the slowest of several, and do not know it while one is not known', () => {
    expect(slowest([2, 7.5, 3])).toBe(7.5)
    expect(slowest([2, null])).toBeNull()
    expect(slowest([undefined, 2])).toBeNull()
    expect(slowest([])).toBeNull()
  })
})
