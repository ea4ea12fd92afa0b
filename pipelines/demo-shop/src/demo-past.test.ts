import { describe, expect, it } from 'vitest'
import { generateDemoOrders, generateDemoShop, generateDemoStock } from './index.ts'

const products = [...generateDemoShop({ products: 1_000 })]
const before = Date.UTC(2026, 5, 1)
const orders = [...generateDemoOrders(products, { before })]

describe("the demo shop's past", () => {
  it('is the same for the same seed', () => {
    expect([...generateDemoOrders(products, { before })]).toEqual(orders)
    expect([...generateDemoStock(products)]).toEqual([...generateDemoStock(products)])
    expect([...generateDemoOrders(products, { before, seed: 7 })]).not.toEqual(orders)
  })

  it('has stock of every product: some sold out, some short, most enough', () => {
    const stock = [...generateDemoStock(products)]
    expect(stock.map(({ productId }) => productId)).toEqual(products.map(({ id }) => id))
    const gone = stock.filter(({ onHand }) => onHand === 0).length
    expect(gone).toBeGreaterThan(20)
    expect(gone).toBeLessThan(100)
    for (const { onHand, dailySales } of stock) expect([Number.isInteger(onHand), dailySales > 0]).toEqual([true, true])
  })

  it('comes in order of placing, each step after the one before, and nothing in the future', () => {
    for (const [at, order] of orders.entries()) {
      const { placedAt, shippedAt, deliveredAt, returnedAt } = order
      expect(placedAt).toBeGreaterThanOrEqual(orders[at - 1]?.placedAt ?? 0)
      const steps = [placedAt, shippedAt, deliveredAt, returnedAt].filter((step) => step !== null)
      expect(steps).toEqual(steps.toSorted((a, b) => a - b))
      expect(steps.at(-1)!).toBeLessThan(before)
      expect(order.lines[0]!.unitPrice.amount).toBeGreaterThan(0)
    }
  })

  it('has sellers who differ: the latest is late three times as often as the most punctual', () => {
    const bySeller = Map.groupBy(
      orders.filter(({ deliveredAt }) => deliveredAt !== null),
      ({ lines }) => lines[0]!.seller,
    )
    const shares = [...bySeller.values()].map(
      (own) => own.filter(({ deliveredAt, promisedAt }) => deliveredAt! > promisedAt).length / own.length,
    )
    expect(Math.max(...shares)).toBeGreaterThan(3 * Math.min(...shares))
  })
})
