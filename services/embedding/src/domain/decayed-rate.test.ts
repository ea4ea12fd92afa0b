import { describe, expect, it } from 'vitest'
import { decayedRate } from './decayed-rate.ts'

function rateAt() {
  let now = 1_000
  const rate = decayedRate(() => now, 5_000)
  const pass = (seconds: number, perSecond: number) => {
    for (let step = 0; step < seconds * 10; step++) {
      now += 100
      rate.add(perSecond / 10)
    }
  }
  const wait = (seconds: number) => {
    now += seconds * 1_000
  }
  return { rate, pass, wait }
}

describe('a decayed rate', () => {
  it('is zero before anything happened, and in the first instant', () => {
    const { rate } = rateAt()
    expect(rate.perSecond()).toBe(0)
    rate.add(100)
    expect(rate.perSecond()).toBe(0)
  })

  it('is what happens per second, soon after the beginning and long after', () => {
    const { rate, pass } = rateAt()
    rate.add(0)
    pass(2, 300)
    expect(rate.perSecond()).toBeCloseTo(300, -1)
    pass(600, 300)
    expect(rate.perSecond()).toBeCloseTo(300, -1)
    pass(60, 30)
    expect(rate.perSecond()).toBeCloseTo(30, 0)
  })

  it('halves with every half-life in which nothing happens', () => {
    const { rate, pass, wait } = rateAt()
    pass(600, 200)
    const before = rate.perSecond()
    wait(5)
    expect(rate.perSecond() / before).toBeCloseTo(0.5, 5)
    wait(300)
    expect(rate.perSecond()).toBeLessThan(0.001)
  })
})
