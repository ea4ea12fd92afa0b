import { aProduct, until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { market } from './testing/market.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop(market)
  await shop.learn()
})
afterAll(() => shop[Symbol.asyncDispose]())

const suggest = async (prefix: string, size?: number) =>
  (await shop.client.suggest(size === undefined ? { prefix } : { prefix, size })).suggestions
const told = async (prefix: string) => (await suggest(prefix)).map(({ kind, text }) => `${kind}: ${text}`)
const asked = async (times: number, query: string, fields = {}) => {
  for (let i = 0; i < times; i++) await shop.client.search({ query, ...fields })
}

describe('suggestions', () => {
  it('are terms, brands and categories of the catalogue, then products', async () => {
    expect(await told('kes')).toEqual(expect.arrayContaining(['brand: Kestrel', 'query: kestrel wireless']))
    expect(await told('head')).toEqual(expect.arrayContaining(['category: Headphones']))
    const kinds = (await suggest('kes')).map(({ kind }) => kind)
    expect(kinds.indexOf('product')).toBe(kinds.length - 3)
    expect(kinds.slice(-3)).toEqual(['product', 'product', 'product'])
    expect((await suggest('head'))[0]).toEqual({
      kind: 'category',
      text: 'Headphones',
      matched: [0, 4],
      path: ['Electronics', 'Headphones'],
      products: 11,
    })
  })

  it('of products say which, and where a word of it begins like what was typed', async () => {
    const product = (await suggest('r')).find(({ kind }) => kind === 'product')
    expect(product).toMatchObject({
      id: expect.stringMatching(/^runner-/),
      price: { currency: 'USD' },
      matched: [16, 17],
    })
  })

  it.each([
    ['아디', 'brand: 아디다스'],
    ['ㅇㄷㄷㅅ', 'brand: 아디다스'],
    ['무서', 'query: 무선'],
    ['dkel', 'brand: 아디다스'],
    ['wirel', 'query: wireless'],
    ['WIREL', 'query: wireless'],
  ])('go on from "%s" to %s', async (prefix, expected) => {
    expect(await told(prefix)).toContain(expected)
  })

  it('behind a space are of further words', async () => {
    const words = (await suggest('running ')).filter(({ kind }) => kind === 'query').map(({ text }) => text)
    expect(words).toEqual(['running shoes'])
    expect(await told('running')).toContain('query: running')
  })

  it.each([
    ['one letter', 'k', 1],
    ['one syllable', '무', 1],
    ['nothing', '', 0],
    ['blanks', '  ', 0],
    ['a thousand letters', 'x'.repeat(1_000), 0],
    ['more than a query has', 'x'.repeat(20_000), 0],
    ['an emoji', '😀👩‍👩‍👧', 0],
    ['half an emoji', '\ud83d', 0],
    ['control characters', '\u0000\u0007', 0],
    ['what nobody sells', 'zzzzzz', 0],
  ])('for %s are answered', async (_, prefix, least) => {
    const { suggestions, degraded } = await shop.client.suggest({ prefix })
    expect(degraded).toEqual([])
    if (least === 0) expect(suggestions).toEqual([])
    else expect(suggestions.length).toBeGreaterThanOrEqual(least)
  })

  it('are as many as asked for at most, each text once, what was typed within it', async () => {
    for (const prefix of ['k', 'run', 'wire', '아', 'ㅁ'])
      for (const size of [1, 2, 5, 20]) {
        const suggestions = await suggest(prefix, size)
        expect(suggestions.length).toBeLessThanOrEqual(size)
        expect(new Set(suggestions.map(({ kind, text }) => `${kind} ${text}`)).size).toBe(suggestions.length)
        for (const { text, matched } of suggestions) {
          expect(matched[0]).toBeLessThanOrEqual(matched[1])
          expect(matched[1]).toBeLessThanOrEqual(text.length)
        }
      }
  })

  it('lead products whose small letters are of another length than their capitals', async () => {
    await using other = await openShop([aProduct({ id: 'i', title: 'İznik lamp' })])
    await other.learn()
    const { suggestions } = await other.client.suggest({ prefix: 'lamp' })
    expect(suggestions.find(({ kind }) => kind === 'product')).toMatchObject({ text: 'İznik lamp', matched: [0, 0] })
  })
})

describe('what others asked', () => {
  it('is suggested first, once it was asked often enough and found something', async () => {
    await asked(1, 'Kestrel headphones for running')
    await shop.learn()
    expect(await told('kestrel h')).not.toContain('query: kestrel headphones for running')
    await asked(1, 'kestrel  headphones for running')
    await shop.learn()
    expect((await told('kes'))[0]).toBe('query: kestrel headphones for running')
  })

  it('is not suggested where it found nothing as it was asked, or nothing by its words, or is a slip', async () => {
    await asked(3, 'zorbs without end')
    await asked(3, 'sonora boots', { filters: ['brand:Nobody'] })
    await asked(3, 'sonara earbuds')
    await asked(3, 'sonora over $9000')
    await shop.learn()
    for (const { kind, text } of [...(await suggest('zorb')), ...(await suggest('sono')), ...(await suggest('sona'))])
      expect([kind, text]).not.toEqual(['query', expect.stringMatching(/zorbs|boots|sonara|9000/)])
  })

  it('counts once, however often its pages are turned', async () => {
    const first = await shop.client.search({ query: 'alpine boots black' })
    for (const page of [2, 3, 1])
      await shop.client.search({ query: 'alpine boots black', page, requestId: first.requestId })
    await shop.learn()
    expect(await told('alpine boots')).not.toContain('query: alpine boots black')
  })

  it('is learnt after a while also where the catalogue does not change', async () => {
    await asked(2, 'waterproof jackets from the north 방수')
    await shop.learn()
    await asked(2, 'stride running shoes in black')
    const isTold = async () => (await told('stride running')).includes('query: stride running shoes in black')
    expect(await isTold()).toBe(false)
    shop.clock.advance(600_000)
    await until('the new query is suggested', isTold)
  })
})

describe('before the catalogue was read', () => {
  it('products are suggested, and it is said what is missing', async () => {
    const unread = { vocabulary: () => Promise.reject(new Error('not made yet')) }
    await using starting = await openShop(market, { through: (index) => ({ ...index, ...unread }) })
    const { suggestions, degraded } = await starting.client.suggest({ prefix: 'kestrel' })
    expect(degraded).toEqual([{ part: 'suggestions', reason: 'starting' }])
    expect(suggestions.map(({ kind }) => kind)).toEqual(['product', 'product', 'product'])
    expect(await starting.metrics()).toContain('eip_degraded_total{part="suggestions",reason="starting"} 1')
    expect((await starting.client.search({ query: 'kestrel runing' })).query).toMatchObject({
      slots: [],
      didYouMean: null,
    })
  })
})
