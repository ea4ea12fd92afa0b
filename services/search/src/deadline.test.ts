import { searchInputSchema } from '@eip/contracts'
import { newTrace } from '@eip/rpc'
import { aProduct } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop } from './testing/open-shop.ts'

const products = ['a', 'b', 'c'].map((id) => aProduct({ id, title: 'tweed jacket', brand: 'Acme' }))

/** A call that has so many milliseconds left, each time it is asked. The last number stays. */
function callWith(...remaining: readonly [number, ...number[]]) {
  const left = [...remaining]
  return {
    deadline: 0,
    signal: new AbortController().signal,
    trace: newTrace(),
    remainingMs: () => (left.length > 1 ? left.shift()! : left[0]!),
  }
}

const request = searchInputSchema.parse({ query: 'jacket', explain: true, facets: ['brand'] })

describe('a call with little time left', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(products)
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  it('is answered in full while there is enough', async () => {
    const answer = await shop.handlers.search(request, callWith(250))
    expect(answer.degraded).toEqual([])
    expect(answer.facets).toHaveLength(1)
    expect(answer.hits[0]).toHaveProperty('explanation')
  })

  it('goes without facets, then without explanations, and says so', async () => {
    const late = await shop.handlers.search(request, callWith(10))
    expect(late).toMatchObject({ total: 3, facets: [], degraded: [{ part: 'facets', reason: 'deadline' }] })
    expect(late.hits[0]).toHaveProperty('explanation')

    const later = await shop.handlers.search(request, callWith(3))
    expect(later.degraded.map(({ part }) => part)).toEqual(['facets', 'explanation'])
    expect(later.hits).toHaveLength(3)
    expect(later.hits[0]).not.toHaveProperty('explanation')
    const text = await shop.metrics()
    expect(text).toContain('eip_degraded_total{part="facets",reason="deadline"} 2')
    expect(text).toContain('eip_degraded_total{part="explanation",reason="deadline"} 1')
  })

  it('counts on a later page what the first one had no time for', async () => {
    const { requestId } = await shop.handlers.search(request, callWith(10))
    const answer = await shop.handlers.search({ ...request, requestId }, callWith(250))
    expect(answer).toMatchObject({ requestId, degraded: [], facets: [{ name: 'brand' }] })
  })

  it('does not miss what it did not ask for', async () => {
    const plain = searchInputSchema.parse({ query: 'jacket', facets: [] })
    expect((await shop.handlers.search(plain, callWith(3))).degraded).toEqual([])
  })

  it('is given up between any two stages once its time is over', async () => {
    const late = { code: 'rpc.deadline', kind: 'deadline' }
    await expect(shop.handlers.search(request, callWith(0))).rejects.toMatchObject(late)
    await expect(shop.handlers.search(request, callWith(250, 1, 0))).rejects.toMatchObject(late)
    await expect(shop.handlers.search(request, callWith(250, 1, 1, 0))).rejects.toMatchObject(late)
  })

  it('is given up when its caller has gone', async () => {
    const reason = new Error('gone')
    const call = { ...callWith(250), signal: AbortSignal.abort(reason) }
    await expect(shop.handlers.search(request, call)).rejects.toBe(reason)
  })
})
