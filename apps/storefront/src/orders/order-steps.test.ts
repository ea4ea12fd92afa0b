import { describe, expect, it } from 'vitest'
import { cameLate, canCancel, canReturn, canReview, type Order, stepsOf } from './order-steps.ts'

const price = { amount: 1_000, currency: 'USD' }
const line = {
  ...{ productId: 'a', quantity: 2, returned: 0, unitPrice: price, title: 'A', seller: null },
  ...{ categoryPath: [], sellerRegion: null },
}
const placed: Order = {
  ...{ orderId: 'one', state: 'placed', customer: 'c', region: null, lines: [line], total: price },
  ...{ placedAt: 1, paidAt: null, shippedAt: null, deliveredAt: null, cancelledAt: null, returnedAt: null },
  ...{ promisedAt: null, reason: '', review: null, source: 'checkout', weight: 1 },
}
const written = (order: Order) =>
  stepsOf(order)
    .map(({ state, isReached }) => (isReached ? state : `(${state})`))
    .join(' ')

describe('the way of an order', () => {
  it('shows what was reached and what is still to come', () => {
    expect(written(placed)).toBe('placed (paid) (shipped) (delivered)')
    expect(written({ ...placed, state: 'shipped', paidAt: 2, shippedAt: 3 })).toBe('placed paid shipped (delivered)')
  })

  it('ends where it was cancelled', () => {
    expect(written({ ...placed, state: 'cancelled', paidAt: 2, cancelledAt: 3 })).toBe('placed paid cancelled')
  })

  it('goes back at the end where it was sent back', () => {
    expect(written({ ...placed, state: 'returned', returnedAt: 9 })).toBe('placed paid shipped delivered returned')
  })

  it('takes the steps of a history that has no times', () => {
    const delivered: Order = { ...placed, state: 'delivered' }
    expect(stepsOf(delivered).every(({ isReached }) => isReached)).toBe(true)
    expect(stepsOf(delivered)[2]?.at).toBeNull()
  })
})

describe('what a shopper can do with an order', () => {
  const delivered: Order = { ...placed, state: 'delivered' }

  it('is to cancel it until it is shipped', () => {
    const states = (['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned'] as const).filter((state) =>
      canCancel({ ...placed, state }),
    )
    expect(states).toEqual(['placed', 'paid'])
  })

  it('is to send back what arrived and has not gone back yet', () => {
    expect(canReturn(delivered)).toBe(true)
    expect(canReturn({ ...delivered, lines: [{ ...line, returned: 2 }] })).toBe(false)
    expect(canReturn(placed)).toBe(false)
  })

  it('is to give stars once, for what arrived', () => {
    expect(canReview(delivered)).toBe(true)
    expect(canReview({ ...delivered, review: { score: 4, at: 9 } })).toBe(false)
    expect(canReview({ ...placed, state: 'shipped' })).toBe(false)
  })

  it('knows what came late', () => {
    expect(cameLate({ ...delivered, deliveredAt: 9, promisedAt: 8 })).toBe(true)
    expect(cameLate({ ...delivered, deliveredAt: 8, promisedAt: 8 })).toBe(false)
    expect(cameLate({ ...delivered, deliveredAt: 9 })).toBe(false)
  })
})
