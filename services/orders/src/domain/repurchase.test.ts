import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aLine, anOrder, days, noon } from '../testing/examples.ts'
import { factOf, marksOf, type PurchaseSpan, takeMarks } from './repurchase.ts'

it('counts an order once for each product and category', () => {
  const lines = [aLine('a'), aLine('a', 3), aLine('b'), aLine('c', 1, { categoryPath: [] })]
  const marks = marksOf(anOrder({ orderId: 'o1', lines }))
  expect(marks.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    ...['product a', 'product b', 'product c', 'category Home > Tea'],
  ])
  expect(marksOf(anOrder({ orderId: 'o1', paidAt: null }))).toEqual([])
})

it('comes to the same however purchases that come in their order are cut into batches', () => {
  const purchases = fc.array(fc.tuple(fc.constantFrom('ann', 'bob'), fc.integer({ min: 0, max: 90 })), {
    maxLength: 20,
  })
  const totals = (batches: readonly (readonly [string, number])[][]) => {
    const known = new Map<string, PurchaseSpan>()
    const counts = new Map<number, number>()
    for (const batch of batches) {
      const marks = batch.map(([customer, day]) => {
        return { customer, kind: 'product' as const, subject: 'a', at: noon + days(day) }
      })
      for (const { days: between, times } of takeMarks(known, marks).intervals)
        counts.set(between, (counts.get(between) ?? 0) + times)
    }
    return [...counts].toSorted(([a], [b]) => a - b)
  }
  fc.assert(
    fc.property(purchases, fc.integer({ min: 1, max: 5 }), (bought, size) => {
      const inOrder = bought.toSorted(([, a], [, b]) => a - b)
      const cut = Array.from({ length: Math.ceil(inOrder.length / size) }, (_, at) =>
        inOrder.slice(at * size, (at + 1) * size),
      )
      expect(totals(cut)).toEqual(totals([bought]))
    }),
  )
})

it('has the median of all intervals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }), (intervals) => {
      const sorted = intervals.toSorted((a, b) => a - b)
      const counts = [...new Set(sorted)].map((each) => ({
        ...{ days: each, times: sorted.filter((other) => other === each).length },
      }))
      const half = sorted.length / 2
      const median = (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
      expect(factOf(counts)).toEqual({ intervals: sorted.length, medianDays: median })
    }),
  )
  expect(factOf([])).toEqual({ intervals: 0, medianDays: null })
})
