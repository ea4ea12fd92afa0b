import { aProduct } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeEncoder } from './testing/fake-encoder.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

const titles = ['grey sofa', 'grey couch', 'oak table', 'oak chair', 'grey chair', 'tweed jacket', 'grey table lamp']
const products = titles.map((title, i) => aProduct({ id: `p${i}`, title, language: 'en' }))
// What has no letters has no vector.
const unreadable = aProduct({ id: 'number', title: '501', brand: 'Acme', language: 'en' })
const hidden = aProduct({ id: 'hidden', title: 'grey sofa', active: false })

const encoder = fakeEncoder()
let shop: Shop
beforeAll(async () => {
  shop = await openShop([...products, unreadable, hidden], { encoder })
})
afterAll(() => shop[Symbol.asyncDispose]())

describe('similar products', () => {
  it('are the nearest by vector, without the product itself, the nearest first', async () => {
    const { hits, degraded } = await shop.client.similar({ id: 'p0', size: 3 })
    const { dimensions, encoder: name } = encoder.description
    const own = (await shop.reader.vectorOf('p0', name))!
    const cosineTo = async (id: string) => {
      const other = (await shop.reader.vectorOf(id, name))!
      return own.reduce((sum, value, axis) => sum + value * other[axis]!, 0)
    }
    const others = await Promise.all(
      products.slice(1).map(async ({ id, title }) => ({ id, title, cosine: await cosineTo(id) })),
    )
    const nearest = others.toSorted((a, b) => b.cosine - a.cosine).slice(0, 3)
    expect(dimensions).toBe(own.length)
    expect(hits.map(({ id, title }) => [id, title])).toEqual(nearest.map(({ id, title }) => [id, title]))
    hits.forEach(({ score, reason }, at) => {
      expect(score).toBeCloseTo(nearest[at]!.cosine, 2)
      expect(reason).toBe('vector')
    })
    // A couch is a sofa, whatever the words are.
    expect(hits[0]!.id).toBe('p1')
    expect(degraded).toEqual([])
  })

  it('are those that share words, where the product has no vector', async () => {
    await shop.change([aProduct({ id: 'twin', title: '501 jeans', language: 'en' })])
    const { hits } = await shop.client.similar({ id: 'number' })
    expect(hits.map(({ id, reason }) => [id, reason])).toEqual([['twin', 'words']])
    await shop.change([], ['twin'])
  })

  it('are those that share words, where there is no encoder', async () => {
    await using plain = await openShop(products)
    const { hits } = await plain.client.similar({ id: 'p0' })
    expect(hits.map(({ id }) => id).sort()).toEqual(['p1', 'p4', 'p6'])
    expect(new Set(hits.map(({ reason }) => reason))).toEqual(new Set(['words']))
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
  })

  it('are all that are near, if fewer than asked for', async () => {
    for (const id of ['p0', 'number']) {
      const { hits } = await shop.client.similar({ id, size: 100 })
      expect(hits.length).toBeLessThan(products.length)
      expect(hits.map((hit) => hit.id)).not.toContain(id)
      expect(hits.map((hit) => hit.id)).not.toContain('hidden')
    }
  })

  it.each(['nobody', 'hidden', '__proto__', '\u0000', 'x'.repeat(512)])('of %j there are none: it is not found', (id) =>
    expect(shop.client.similar({ id })).rejects.toMatchObject({ code: 'search.no-such-product', kind: 'not-found' }),
  )

  it.each([
    ['no hit', { id: 'p0', size: 0 }],
    ['too many', { id: 'p0', size: 101 }],
    ['no id', { id: '' }],
  ])('for %s are refused', (_, input) =>
    expect(shop.client.similar(input)).rejects.toMatchObject({ code: 'rpc.bad-input' }),
  )
})
