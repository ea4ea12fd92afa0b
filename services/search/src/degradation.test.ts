import { type SearchInput, searchInputSchema } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { newTrace } from '@eip/rpc'
import { aProduct, until } from '@eip/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FakeEncoderOptions, fakeEncoder } from './testing/fake-encoder.ts'
import { openShop, type Shop, untilRead } from './testing/open-shop.ts'

// A couch is a sofa, and the others are far from both.
const titles = [
  'sofa',
  'couch',
  'oak table',
  'oak bench',
  'tweed jacket',
  '방수 자켓',
  'brass lamp',
  'wool rug',
  'clay pot',
]
const products = titles.map((title, i) => aProduct({ id: `p${i}`, title }))

const failure = failures({
  'text-encoder.overloaded': { kind: 'overloaded', cure: 'Ask again.' },
  'text-encoder.stopped': { kind: 'unavailable', cure: 'Open it again.' },
})

type Gate = {
  before: () => Promise<void>
  /** Given instead of the vectors. */
  answer: Float32Array | null
}

/** An encoder whose queries pass through `gate.before`, open until the test says otherwise. */
function gated(options: FakeEncoderOptions = {}) {
  const gate: Gate = { before: async () => {}, answer: null }
  const encoder = fakeEncoder({ ...options, beforeQueries: () => gate.before() })
  const encodeQueries = async (queries: readonly string[]) => {
    const vectors = await encoder.encodeQueries(queries)
    return gate.answer ?? vectors
  }
  return { gate, encoder: { ...encoder, encodeQueries } }
}

/** Words only, and said so; or, without a reason, nothing missing. */
async function expectWordsOnly(shop: Shop, input: SearchInput, reason: string | null) {
  const answer = await shop.client.search(input)
  const degraded = reason === null ? [] : [{ part: 'vectors', reason }]
  expect(answer).toMatchObject({ degraded, versions: { encoder: null } })
  return answer
}

describe('an encoder that does not do what it should', () => {
  const { gate, encoder } = gated()
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(products, { encoder })
  })
  afterEach(() => {
    gate.before = async () => {}
    gate.answer = null
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  let said = 0
  /** Says the same to the words each time, and is another text to the memory of vectors. */
  const couch = () => `couch${'!'.repeat(++said)}`

  it('in time leaves the words, which is said, and is remembered for the next who asks', async () => {
    const query = couch()
    const { promise, resolve } = Promise.withResolvers<void>()
    gate.before = () => promise
    const late = await expectWordsOnly(shop, { query, size: 1 }, 'deadline')
    expect(late.hits.map(({ id }) => id)).toEqual(['p1'])
    const before = encoder.asked.length
    // Who asks meanwhile waits for the same answer.
    await expectWordsOnly(shop, { query }, 'deadline')
    expect(encoder.asked.length).toBe(before)
    resolve()
    await untilRead(shop.client, encoder, query)
    const { hits, degraded } = await shop.client.search({ query })
    expect([hits.map(({ id }) => id), degraded]).toEqual([expect.arrayContaining(['p0', 'p1']), []])
    expect(encoder.asked.length).toBe(before)
    // The list of before stays what it was.
    const next = await shop.client.search({ query, size: 1, page: 2, requestId: late.requestId })
    expect(next).toMatchObject({ requestId: late.requestId, total: 1, degraded: [{ part: 'vectors' }] })
  })

  it('is not waited for where a call has no time for it', async () => {
    const query = couch()
    const call = { deadline: 0, signal: new AbortController().signal, trace: newTrace(), remainingMs: () => 20 }
    const answer = await shop.handlers.search(searchInputSchema.parse({ query, facets: [] }), call)
    expect(answer).toMatchObject({ total: 1, degraded: [{ part: 'vectors', reason: 'deadline' }] })
    expect(encoder.asked).not.toContain(query)
  })

  it.each([
    ['fails', () => Promise.reject(new Error('broken')), 'failed'],
    ['has too much to do', () => Promise.reject(failure('text-encoder.overloaded', 'too much')), 'overloaded'],
  ])('but %s costs its vectors only, and is asked again', async (_, before, reason) => {
    const query = couch()
    gate.before = before
    const { hits } = await expectWordsOnly(shop, { query }, reason)
    expect(hits.map(({ id }) => id)).toEqual(['p1'])
    gate.before = async () => {}
    expect((await shop.client.search({ query })).versions.encoder).toBe(encoder.description.encoder)
  })

  it('but answers what is no vector of its length costs its vectors only', async () => {
    for (const values of [new Float32Array(3).fill(1), new Float32Array(12).fill(Number.NaN), new Float32Array(0)]) {
      gate.answer = values
      expect((await expectWordsOnly(shop, { query: couch() }, 'failed')).total).toBe(1)
    }
  })

  it('because there is nothing to read is no loss', async () => {
    gate.answer = new Float32Array(12)
    await expectWordsOnly(shop, { query: couch() }, null)
  })

  it('moves the metrics', async () => {
    const countersOf = async () => {
      const text = await shop.metrics()
      const counted = (line: string) => Number(text.split(`${line} `)[1]?.split('\n')[0] ?? 0)
      return [
        counted('eip_degraded_total{part="vectors",reason="failed"}'),
        counted('eip_cache_requests_total{cache="query-vectors",result="hit"}'),
        counted('eip_cache_requests_total{cache="query-vectors",result="miss"}'),
        counted('eip_stage_duration_seconds_count{stage="encode"}'),
      ]
    }
    const before = await countersOf()
    const query = couch()
    gate.before = () => Promise.reject(new Error('broken'))
    await shop.client.search({ query })
    gate.before = async () => {}
    for (let i = 0; i < 2; i++) await shop.client.search({ query })
    const moved = (await countersOf()).map((count, at) => count - before[at]!)
    expect(moved).toEqual([1, 1, 2, 3])
  })
})

describe('an encoder', () => {
  it('that dies is opened anew', async () => {
    const { gate, encoder } = gated()
    let opened = 0
    const openEncoder = async () => {
      opened++
      return encoder
    }
    await using shop = await openShop(products, { encoder, openEncoder })
    gate.before = () => Promise.reject(failure('text-encoder.stopped', 'the thread has ended'))
    await expectWordsOnly(shop, { query: 'couch' }, 'failed')
    gate.before = async () => {}
    await untilRead(shop.client, encoder, 'couch')
    expect(opened).toBe(2)
  })

  it('whose artefact cannot be opened leaves the words', async () => {
    await using shop = await openShop(products)
    const encoder = fakeEncoder({ encoder: 'broken-1' })
    await shop.embed(encoder, products)
    await shop.publish(encoder, 'serving', products.length)
    expect((await shop.client.search({ query: 'couch' })).versions.encoder).toBeNull()
    expect((await shop.client.similar({ id: 'p2' })).hits.map(({ reason }) => reason)).toEqual(['words'])
  })

  it('that cannot be opened does not drive out the one before', async () => {
    const encoder = fakeEncoder()
    await using shop = await openShop(products, { encoder })
    const broken = fakeEncoder({ encoder: 'broken-1' })
    await shop.embed(broken, products)
    await shop.publish(encoder, 'standby', products.length)
    await shop.publish(broken, 'serving', products.length)
    expect((await shop.client.search({ query: 'couch' })).versions.encoder).toBe(encoder.description.encoder)
  })

  it('that does not know the language leaves the words, and nothing is missing', async () => {
    const encoder = fakeEncoder({ languages: ['en'] })
    await using shop = await openShop(products, { encoder })
    const { hits, query } = await expectWordsOnly(shop, { query: '방수 자켓', explain: true }, null)
    expect(hits.map(({ id }) => id)).toEqual(['p5'])
    expect(query.steps!.at(-1)).toEqual({
      step: 'fusion',
      surface: '방수 자켓',
      result: 'words 100 %, meaning 0 %',
      reason: 'the encoder does not know this language',
      cause: { code: 'weights', meaning: 0, signals: [{ signal: 'unknownLanguage', change: 0 }] },
    })
    expect(encoder.asked).not.toContain('방수 자켓')
    expect((await shop.client.search({ query: 'couch' })).versions.encoder).toBe('fake-1')
  })
})

describe('an encoder that is swapped under a built index', () => {
  it('reads queries only once the view holds its vectors; until then the one before does', async () => {
    const [first, second] = [fakeEncoder(), fakeEncoder({ encoder: 'fake-2', dimensions: 16 })]
    const openEncoder = async (name: string) => (name === 'fake-2' ? second : first)
    await using shop = await openShop(products, { encoder: first, openEncoder })
    await shop.publish(first, 'standby', products.length)
    await shop.publish(second, 'serving', products.length)
    expect((await shop.client.search({ query: 'couch' })).versions.encoder).toBe('fake-1')
    await shop.embed(second, products)
    await untilRead(shop.client, second, 'couch')
    const { hits } = await shop.client.search({ query: 'couch' })
    expect(hits.map(({ id }) => id)).toEqual(expect.arrayContaining(['p0', 'p1']))
    // Back again: the one on standby is there at once.
    await shop.publish(second, 'standby', products.length)
    await shop.publish(first, 'serving', products.length)
    await untilRead(shop.client, first, 'couch')
  })

  it('is not used where the view holds vectors of its name but another length', async () => {
    await using shop = await openShop(products)
    await shop.embed(fakeEncoder({ dimensions: 8 }), products)
    await shop.publish(fakeEncoder({ dimensions: 12 }), 'serving', products.length)
    await expectWordsOnly(shop, { query: 'couch' }, null)
  })

  it('fails no search while the view lets go of its vectors', async () => {
    const encoder = fakeEncoder()
    await using shop = await openShop(products, { encoder })
    const { requestId } = await shop.client.search({ query: 'couch', facets: [] })
    await shop.letGo(encoder)
    for (const mode of ['ranked', 'hybrid', 'vector'] as const) {
      const { hits, versions } = await shop.client.search({ query: 'couch', mode })
      expect([hits.map(({ id }) => id), versions.encoder]).toEqual([['p1'], null])
    }
    expect((await shop.client.similar({ id: 'p2' })).hits.map(({ id, reason }) => [id, reason])).toEqual([
      ['p3', 'words'],
    ])
    const later = await shop.client.search({ query: 'couch', facets: ['brand'], page: 1, requestId })
    expect(later).toMatchObject({ requestId, facets: [], degraded: [{ part: 'facets', reason: 'encoder' }] })
    expect(later.hits.map(({ id }) => id)).toEqual(['p1', 'p0'])
    await until(
      'no encoder is used any more',
      async () => (await shop.client.search({ query: 'couch' })).versions.encoder === null,
    )
  })
})
