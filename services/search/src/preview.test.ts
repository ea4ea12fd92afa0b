import { type Envelope, type PublishedPolicyEvent, policyPublished } from '@eip/contracts'
import { defaultPolicy } from '@eip/engine-ranking'
import { isFailure } from '@eip/kernel'
import { aProduct, until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeEncoder } from './testing/fake-encoder.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

const encoder = fakeEncoder()
const { weights, features } = defaultPolicy
const products = [
  aProduct({ id: 'worn', title: 'kiwi lamp', brand: 'Acme', language: 'en', rating: { average: 1.2, count: 900 } }),
  aProduct({
    id: 'loved',
    title: 'kiwi lamp stand',
    brand: 'Bolt',
    language: 'en',
    rating: { average: 4.9, count: 900 },
  }),
  aProduct({ id: 'other', title: 'zorb quilt', brand: 'Acme', language: 'en' }),
  ...['onyx', 'plum', 'cobalt', 'tweed'].map((title) => aProduct({ id: title, title, language: 'en' })),
]
const byRating = { weights: { ...weights, rating: 5 }, features }
const withoutRating = { weights: { ...weights, rating: 0 }, features }

let shop: Shop
beforeAll(async () => {
  shop = await openShop(products, { encoder })
})
afterAll(() => shop[Symbol.asyncDispose]())

const idsOf = ({ hits }: { hits: readonly { id: string }[] }) => hits.map(({ id }) => id)

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'ok',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  )

function published(version: number, document: Pick<PublishedPolicyEvent, 'weights' | 'features'>) {
  const at = { occurredAt: 1, recordedAt: 1 }
  const event: Envelope<PublishedPolicyEvent> = {
    ...{ id: `policy-${version}`, schema: policyPublished.schema, key: 'default', version, ...at },
    ...{ deleted: false, market: {}, payload: { id: 'default', version, schema: 1, ...document } },
  }
  return shop.bus.publish(policyPublished, [event])
}

const policyNow = async () => (await shop.client.search({ query: 'kiwi' })).versions.policy

describe('a published policy', () => {
  it('ranks from the moment it is published, and an older one does not come back', async () => {
    expect(idsOf(await shop.client.search({ query: 'kiwi lamp' }))[0]).toBe('worn')
    await published(7, byRating)
    await until('the policy holds', async () => (await policyNow()) === 'default@7')
    expect(idsOf(await shop.client.search({ query: 'kiwi lamp' }))[0]).toBe('loved')
    await published(6, withoutRating)
    await published(8, withoutRating)
    await until('the next one holds', async () => (await policyNow()) === 'default@8')
    expect(idsOf(await shop.client.search({ query: 'kiwi lamp' }))[0]).toBe('worn')
  })

  it('that cannot be read leaves the one before', async () => {
    await published(9, { weights: { nonsense: 1 }, features: {} })
    await published(10, withoutRating)
    await until('a readable one holds', async () => (await policyNow()) === 'default@10')
  })
})

describe('a preview', () => {
  it('ranks by a policy that nobody published, and changes nothing', async () => {
    const before = await policyNow()
    const preview = await shop.client.preview({ query: 'kiwi lamp', policy: byRating, explain: true })
    expect(idsOf(preview)[0]).toBe('loved')
    expect(preview.versions.policy).toBe('draft@1')
    expect(idsOf(await shop.client.search({ query: 'kiwi lamp' }))[0]).toBe('worn')
    expect(await policyNow()).toBe(before)
    const again = await shop.client.search({ query: 'kiwi lamp', requestId: preview.requestId })
    expect(again.requestId).not.toBe(preview.requestId)
  })

  it('reads the query by the encoder that is named', async () => {
    const [named, none] = await Promise.all([
      shop.client.preview({ query: 'kiwi', encoder: 'fake-1' }),
      shop.client.preview({ query: 'kiwi', encoder: 'none' }),
    ])
    expect([named.versions.encoder, none.versions.encoder]).toEqual(['fake-1', null])
    expect(await codeOf(shop.client.preview({ query: 'kiwi', encoder: 'gone' }))).toBe('search.no-such-encoder')
  })

  it('reads it by one that stands by, as well as by the one that serves', async () => {
    const [serving, standby] = [fakeEncoder({ encoder: 'serves' }), fakeEncoder({ encoder: 'stands-by' })]
    const byName = new Map([serving, standby].map((each) => [each.description.encoder, each]))
    const openEncoder = async (name: string) => byName.get(name)!
    await using two = await openShop(products, { encoder: serving, openEncoder })
    await two.embed(standby, products)
    await two.publish(standby, 'standby', products.length)
    await until('both are known', async () => {
      const code = await codeOf(two.client.preview({ query: 'kiwi', encoder: 'stands-by' }))
      return code === 'ok'
    })
    const preview = await two.client.preview({ query: 'onyx', encoder: 'stands-by' })
    expect([preview.versions.encoder, idsOf(preview)]).toEqual(['stands-by', ['onyx']])
    expect((await two.client.search({ query: 'onyx' })).versions.encoder).toBe('serves')
  })

  it('names every field of a policy that is wrong', async () => {
    const wrong = { weights: { ...weights, rating: 1_000 }, features: { ...features, popularity: { half: -1 } } }
    const refused = shop.client.preview({ query: 'kiwi', policy: wrong })
    await expect(refused).rejects.toMatchObject({ code: 'search.bad-policy' })
    await expect(refused).rejects.toThrow(/weights\.rating.*features\.popularity\.half/s)
  })
})

describe('the place of a product', () => {
  const reasonsOf = async (input: Parameters<Shop['client']['placement']>[0]) => {
    const placement = await shop.client.placement(input)
    return placement.outcome === 'found' ? placement.rank : placement.reasons
  }

  it('is its rank, explained', async () => {
    const placement = await shop.client.placement({ query: 'kiwi lamp', product: 'loved' })
    expect(placement).toMatchObject({ outcome: 'found', rank: 2, hit: { id: 'loved', explanation: expect.anything() } })
    expect(await reasonsOf({ query: 'kiwi lamp', product: 'loved', policy: byRating })).toBe(1)
  })

  it('is told by every filter that it does not meet', async () => {
    const filters = ['brand:Acme', 'rating:..2']
    expect(await reasonsOf({ query: 'kiwi lamp', product: 'loved', filters })).toEqual([
      { reason: 'filter', detail: 'brand: Acme' },
      { reason: 'filter', detail: 'rating: ..2' },
    ])
  })

  it('is told by the words that it lacks and how near it is', async () => {
    const reasons = await reasonsOf({ query: 'kiwi lamp', product: 'other' })
    expect(reasons).toMatchObject([{ reason: 'words', words: { matched: 0, needed: 2 } }])
    expect((reasons as { detail: string }[])[0]!.detail).toMatch(/^it has 0 of the 2 words .*cosine is -?0\.\d+/)
  })

  it('is nowhere for a product that the view does not hold', async () => {
    expect(await reasonsOf({ query: 'kiwi', product: 'nobody' })).toEqual([{ reason: 'unknown', detail: 'nobody' }])
  })

  it('is beyond the list where too many come first', async () => {
    const crowd = Array.from({ length: 1_010 }, (_, i) =>
      aProduct({ id: `c${String(i).padStart(4, '0')}`, title: 'crowd', language: 'en' }),
    )
    await shop.change(crowd)
    expect(await reasonsOf({ query: 'crowd', product: 'c1009', encoder: 'none' })).toMatchObject([
      { reason: 'depth', total: 1_010, ranked: 1_000 },
    ])
    await shop.change(
      [],
      crowd.map(({ id }) => id),
    )
  })
})
