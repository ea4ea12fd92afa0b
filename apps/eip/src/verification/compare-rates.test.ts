import { expect, it } from 'vitest'
import { compareRates, countNames } from './compare-rates.ts'

const counts = (orders: number) => Object.fromEntries(countNames.map((name) => [name, name === 'orders' ? orders : 1]))
const sums = (orders: number) => counts(orders) as never
const served = (name: string, orders: number) =>
  [name, { name, ...counts(orders), delayRate: 0, returnRate: 0, cancellationRate: 0, leadTimeDays: null }] as never

it('sets groups side by side, the largest first, and names the counts that differ', () => {
  const groups = [
    { name: 'few', sums: sums(2), rates: null },
    { name: 'b', sums: sums(9), rates: null },
    { name: 'a', sums: sums(9), rates: null },
  ]
  const compared = compareRates(groups, new Map([served('a', 9), served('b', 10)]))
  expect(compared.map(({ name, differing }) => [name, differing])).toEqual([
    ['a', []],
    ['b', ['orders']],
    ['few', [...countNames]],
  ])
  expect(compared.map((each) => each.served?.orders ?? null)).toEqual([9, 10, null])
})
