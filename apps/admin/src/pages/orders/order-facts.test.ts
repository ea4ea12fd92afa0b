import { describe, expect, it } from 'vitest'
import { momentOf, nextSteps, states, timelineOf } from './order-facts.ts'

const line = {
  ...{ productId: 'a', quantity: 2, returned: 0, unitPrice: { amount: 1, currency: 'BRL' } },
  ...{ title: 'A', seller: null, categoryPath: [], sellerRegion: null },
}
const times = {
  ...{ placedAt: 1, paidAt: 2, shippedAt: null, deliveredAt: null, cancelledAt: null, returnedAt: null },
  ...{ promisedAt: null, review: null, state: 'paid' as const },
}
const said = (order: Parameters<typeof timelineOf>[0]) => timelineOf(order).map(({ what, at }) => `${what} ${at}`)

describe('what is offered for an order', () => {
  it('is what its state lets happen next', () => {
    const offered = states.map((state) => nextSteps({ state, lines: [line] }).join())
    expect(offered).toEqual(['cancel', 'ship,cancel', 'deliver', 'giveBack', '', ''])
  })

  it('is no return once all of it came back', () => {
    expect(nextSteps({ state: 'delivered', lines: [{ ...line, returned: 2 }] })).toEqual([])
    expect(nextSteps({ state: 'delivered', lines: [{ ...line, returned: 1 }] })).toEqual(['giveBack'])
  })
})

describe('the timeline of an order', () => {
  it('says what happened, and what is to come', () => {
    expect(said(times)).toEqual(['placed 1', 'paid 2', 'shipped null', 'delivered null'])
  })

  it('has nothing to come where the order was given up', () => {
    expect(said({ ...times, cancelledAt: 3, state: 'cancelled' })).toEqual(['placed 1', 'paid 2', 'cancelled 3'])
  })

  it('stands in the order of time, the promised day among it, and marks what came after that', () => {
    const order = { ...times, shippedAt: 4, deliveredAt: 9, promisedAt: 7, review: { score: 2, at: 10 } }
    expect(said(order)).toEqual(['placed 1', 'paid 2', 'shipped 4', 'promised 7', 'delivered 9', 'reviewed 10'])
    expect(
      timelineOf(order)
        .filter(({ isLate }) => isLate)
        .map(({ what }) => what),
    ).toEqual(['delivered'])
    expect(timelineOf({ ...order, promisedAt: 9 }).some(({ isLate }) => isLate)).toBe(false)
  })
})

it('a moment that is left empty is none', () => {
  expect(momentOf('')).toBeUndefined()
  expect(momentOf('2018-03-01T12:30')).toBe(new Date(2018, 2, 1, 12, 30).getTime())
})
