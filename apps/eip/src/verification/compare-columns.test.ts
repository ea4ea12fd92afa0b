import { expect, it } from 'vitest'
import { scoreInView, scoreSource, stockInView, stockSource } from './compare-columns.ts'
import { compareVersions } from './compare-versions.ts'

const product = { id: 'a', version: 1, hash: 'h', isFound: true, stock: null, logistics: null }
const rates = { delayRate: 0.1, returnRate: 0, shortageRate: 0, leadTimeDays: null, coverage: 3 }
const more = { cancellationRate: 0.5, seller: 'north', sellerRegion: null, regions: ['SP'] }

const stock = stockSource({ id: 'a', version: 3, atp: 5, daysOfCover: 2.5 })
const inView = (version: number, atp: number | null, daysOfCover: number | null) =>
  stockInView({ ...product, stock: { version, atp, daysOfCover } })[0] ?? null

it.each([
  ['same', stock, inView(3, 5, 2.5)],
  ['different', stock, inView(3, 4, 2.5)],
  ['different', stock, inView(3, 5, null)],
  ['stale', stock, inView(2, 5, 2.5)],
  ['different', stock, inView(4, 5, 2.5)],
  ['missing', stock, null],
  ['missing', stock, inView(3, null, null)],
  ['extra', null, inView(3, 5, 2.5)],
  ['same', null, inView(3, null, null)],
] as const)('%s: inventory says %j, the view %j', (expected, source, view) => {
  expect(compareVersions(source, view)).toBe(expected)
})

it('compares of logistics what is in the view, and nothing else', () => {
  const source = scoreSource({ id: 'a', version: 3, score: 0.75, ...rates, ...more })
  const view = (change: object) =>
    scoreInView({ ...product, logistics: { version: 3, score: 0.75, ...rates, ...change } })[0]!
  expect(compareVersions(source, view({}))).toBe('same')
  for (const change of [{ score: 0.5 }, { returnRate: 0.1 }, { leadTimeDays: 3 }, { coverage: null }])
    expect(compareVersions(source, view(change))).toBe('different')
})

it('has nothing of an owner that said nothing', () => {
  expect([stockInView(product), scoreInView(product)]).toEqual([[], []])
})
