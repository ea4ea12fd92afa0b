import { describe, expect, it } from 'vitest'
import type { Slot } from '../intents/slot.ts'
import { brand, measure, price } from './annotated-query.ts'
import { compareSlots, scoreSlots } from './slot-scorer.ts'

const found = (slot: Pick<Slot, 'kind' | 'value'> & Partial<Slot>): Slot => ({
  surface: '',
  start: 0,
  end: 0,
  confidence: 1,
  effect: 'wish',
  reason: '',
  ...slot,
})

describe('the scorer of slots', () => {
  it('compares prices and measures by range, everything else by value', () => {
    const range = { minimum: null, maximum: 50, unit: 'USD' }
    const slots = [
      found({ kind: 'price', value: 'up to 50 USD', range }),
      found({ kind: 'brand', value: 'Nike' }),
      found({ kind: 'attribute', value: '300L', range: { minimum: 300, maximum: 300, unit: 'L' } }),
    ]
    expect(compareSlots([price(null, 50, 'USD'), brand('Nike'), measure(300, 'L')], slots).right).toBe(3)
    expect(compareSlots([price(null, 60, 'USD'), brand('nike'), measure(300, 'ml')], slots).right).toBe(0)
  })

  it('counts a slot that is found twice as right once', () => {
    const twice = [found({ kind: 'brand', value: 'Nike' }), found({ kind: 'brand', value: 'Nike' })]
    const score = scoreSlots([{ expected: [brand('Nike')], found: twice }])
    expect(score).toEqual({ expected: 1, found: 2, right: 1, precision: 0.5, recall: 1, f1: 2 / 3 })
  })

  it('is 1 where there was nothing to find and nothing was found', () => {
    expect(scoreSlots([{ expected: [], found: [] }]).f1).toBe(1)
  })
})
