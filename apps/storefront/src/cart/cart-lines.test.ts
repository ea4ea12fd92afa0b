import { describe, expect, it } from 'vitest'
import { type Cart, piecesIn, withLine } from './cart-lines.ts'

const unitPrice = { amount: 500, currency: 'USD' }
const cart: Cart = {
  lines: [
    { productId: 'a', title: 'A', quantity: 2, unitPrice },
    { productId: 'b', title: 'B', quantity: 3, unitPrice },
  ],
  total: { amount: 2_500, currency: 'USD' },
}

describe('a cart', () => {
  it('counts its pieces, of all products or of one', () => {
    expect([piecesIn(cart), piecesIn(cart, 'b'), piecesIn(cart, 'c'), piecesIn(undefined)]).toEqual([5, 3, 0, 0])
  })

  it('shows a change before the server answers, and leaves the total to it', () => {
    const changed = withLine(cart, { productId: 'a', quantity: 7 })
    expect(changed.lines.map(({ quantity }) => quantity)).toEqual([7, 3])
    expect(changed.total).toBe(cart.total)
  })

  it('takes a line out at none, and waits for the title and price of what is new', () => {
    expect(withLine(cart, { productId: 'a', quantity: 0 }).lines.map(({ productId }) => productId)).toEqual(['b'])
    expect(withLine(cart, { productId: 'c', quantity: 1 })).toEqual(cart)
  })
})
