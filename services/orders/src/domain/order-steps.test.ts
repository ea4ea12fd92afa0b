import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aLine, anOrder, noon } from '../testing/examples.ts'
import { clockSkewMs, returned } from './order-steps.ts'

const time = { at: undefined, now: noon }

it('never takes back more than was bought, and is returned exactly when all of it is back', () => {
  const lines = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 4 })), {
    ...{ minLength: 1, maxLength: 4 },
  })
  const asked = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 5 })), { maxLength: 6 })
  fc.assert(
    fc.property(lines, asked, (bought, backs) => {
      let order = anOrder({
        ...{ orderId: 'o1', state: 'delivered', shippedAt: noon, deliveredAt: noon },
        lines: bought.map(([id, quantity]) => aLine(id, quantity)),
      })
      const sum = (id: string, field: 'quantity' | 'returned') =>
        order.lines.reduce((total, line) => total + (line.productId === id ? line[field] : 0), 0)
      const back = new Map<string, number>()
      for (const [productId, quantity] of backs) {
        const isTooMany = sum(productId, 'returned') + quantity > sum(productId, 'quantity')
        const take = () => returned(order, time, [{ productId, quantity }], '')
        if (isTooMany) expect(take).toThrow(expect.objectContaining({ code: 'orders.too-many-returned' }))
        else {
          order = take()!.order
          back.set(productId, (back.get(productId) ?? 0) + quantity)
        }
      }
      for (const [id, quantity] of back) expect(sum(id, 'returned')).toBe(quantity)
      for (const line of order.lines) expect(line.returned).toBeLessThanOrEqual(line.quantity)
      const isAllBack = order.lines.every((line) => line.returned === line.quantity)
      expect(order.state).toBe(isAllBack ? 'returned' : 'delivered')
    }),
  )
})

it('takes times up to the skew of other clocks, and none beyond it', () => {
  const order = anOrder({ orderId: 'o1', state: 'delivered', shippedAt: noon, deliveredAt: noon })
  const at = (moment: number) => returned(order, { at: moment, now: noon }, undefined, '')
  expect(at(noon + clockSkewMs)?.at).toBe(noon + clockSkewMs)
  for (const moment of [noon - 1, noon + clockSkewMs + 1])
    expect(() => at(moment)).toThrow(expect.objectContaining({ code: 'orders.bad-time' }))
})
