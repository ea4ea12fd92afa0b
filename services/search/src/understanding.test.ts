import type { SearchInput } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { market } from './testing/market.ts'
import { openShop, type Shop } from './testing/open-shop.ts'

// None of these tests changes anything: one shop serves them all.
let shop: Shop
beforeAll(async () => {
  shop = await openShop(market)
  await shop.learn()
})
afterAll(() => shop[Symbol.asyncDispose]())

const ask = (query: string, fields: SearchInput = {}) => shop.client.search({ query, explain: true, ...fields })
const idsOf = async (query: string, fields: SearchInput = {}) => (await ask(query, fields)).hits.map(({ id }) => id)
const didYouMean = async (query: string, fields: SearchInput = {}) => (await ask(query, fields)).query.didYouMean
const slotsOf = async (query: string, fields: SearchInput = {}) =>
  (await ask(query, fields)).query.slots.map(({ effect, kind, value }) => `${effect}: ${kind} ${value}`)

describe('a price that a query names', () => {
  it('is a filter, in the currency that was said', async () => {
    const { hits, total, relaxed, query } = await ask('running shoes under $50')
    expect(hits.map(({ id }) => id).sort()).toEqual(['runner-red', 'trainer-black', 'trainer-red'])
    expect([total, relaxed]).toEqual([3, []])
    expect(query.slots.at(-1)).toMatchObject({ kind: 'price', effect: 'filter', surface: 'under $50' })
    for (const { price } of (await ask('over $100', { size: 100 })).hits) expect(price?.currency).toBe('USD')
    expect(await idsOf('아디다스 5만원 이상')).not.toHaveLength(0)
    for (const { price } of (await ask('아디다스 5만원 이상')).hits) {
      expect(price?.currency).toBe('KRW')
      expect(price!.amount).toBeGreaterThanOrEqual(50_000)
    }
  })

  it('lists all that it buys, where nothing else was said', async () => {
    const answer = await ask('under $50', { size: 100 })
    const cheap = market.filter(({ price }) => price?.currency === 'USD' && price.amount <= 5_000)
    expect(answer).toMatchObject({ total: cheap.length, relaxed: [], query: { terms: [] } })
    expect((await ask('the under $50')).total).toBe(cheap.length)
  })

  it('is given up when it admits nothing, after the words have been asked for less strictly', async () => {
    const { hits, relaxed } = await ask('running shoes over $5000')
    expect(relaxed).toEqual(['wishes'])
    expect(hits.length).toBe(8)
    const narrowed = await ask('running shoes over $5000', { filters: ['brand:Kestrel'] })
    expect(narrowed).toMatchObject({ relaxed: ['wishes'], total: 4 })
  })

  it('does nothing beside a price that was chosen, and its words are no words all the same', async () => {
    const chosen = await ask('running shoes under $50', { filters: ['price:70..'] })
    expect(chosen.hits.map(({ id }) => id).sort()).toEqual(['runner-blue', 'runner-white', 'trainer-white'])
    expect(chosen.relaxed).toEqual([])
    expect(chosen.query.slots.at(-1)).toMatchObject({ kind: 'price', effect: 'none' })
  })

  it('holds beside other filters', async () => {
    expect(await idsOf('shoes under $50', { filters: ['brand:Kestrel'] })).toEqual(['trainer-black', 'trainer-red'])
  })

  it('without a currency, in a catalogue of several, is a wish; in one that there is not, nothing', async () => {
    expect(await slotsOf('boots under 50')).toContain('wish: price up to 50')
    expect((await idsOf('boots under 50'))[0]).toBe('boot-red')
    expect(await slotsOf('boots €50')).toContain('none: price 40 to 60 EUR')
    for (const query of ['boots under 50', 'boots €50'])
      expect(await ask(query)).toMatchObject({ total: 4, relaxed: [] })
  })
})

describe('a wish that a query names', () => {
  it('moves products up, leaves none out, and stands in the explanation of those that meet it', async () => {
    const { hits, query, total } = await ask('running shoes red')
    const colour = query.slots.findIndex(({ kind }) => kind === 'colour')
    const category = query.slots.findIndex(({ kind }) => kind === 'category')
    expect(query.slots[colour]).toMatchObject({ value: 'Red', attribute: 'Colour', effect: 'wish', surface: 'red' })
    expect(hits.slice(0, 2).map(({ id }) => id)).toEqual(['runner-red', 'trainer-red'])
    expect(total).toBe(9)
    for (const { id, explanation } of hits) {
      const met = [...(id.endsWith('-red') ? [colour] : []), ...(/^(runner|trainer|boot)/.test(id) ? [category] : [])]
      expect(explanation!.wishes).toEqual(met.sort())
    }
  })

  it('counts by the policy: for relevance alone it does not', async () => {
    const intentOf = async (mode: 'ranked' | 'hybrid') => {
      const [first] = (await ask('kestrel shoes', { mode })).hits
      return first!.explanation!.features.find(({ name }) => name === 'intent')
    }
    expect((await intentOf('ranked'))!.contribution).toBeGreaterThan(0)
    expect((await intentOf('hybrid'))!.contribution).toBe(0)
  })

  it('has no effect beside a filter of its own kind', async () => {
    expect(await slotsOf('kestrel headphones', { filters: ['brand:Sonora'] })).toContain('none: brand Kestrel')
  })
})

describe('a slip', () => {
  it.each([
    ['runing shoes', 'running shoes', 'trainer-red'],
    ['wireles headphnoes', 'wireless headphones', 'headset-black'],
    ['sonara', 'sonora', 'earbud-red'],
    ['무선이어폰', '무선 이어폰', 'earphone-1'],
    ['qkdtn wkzpt', '방수 자켓', 'jacket-1'],
  ])('"%s" is taken for "%s", and finds what that finds', async (typed, meant, id) => {
    expect(await didYouMean(typed)).toBe(meant)
    const found = await ask(typed)
    expect(found.relaxed).toEqual([])
    expect(found.hits.map((hit) => hit.id)).toContain(id)
    expect(found.query.text).toBe(typed)
  })

  it('is not seen in words that the catalogue has, as long as they find something', async () => {
    for (const { title } of market) expect(await didYouMean(title)).toBeNull()
    expect(await didYouMean('wireless earbuds shoes')).toBeNull()
  })

  it('beside something that was understood is corrected alone', async () => {
    expect(await didYouMean('kestrel runing shoes under $50')).toBe('kestrel running shoes under $50')
    expect(await didYouMean('빨간색 아디다스 운동홯 5만원 이하')).toBe('빨간색 아디다스 운동화 5만원 이하')
  })
})

describe('a brand', () => {
  it('in the other script is found as the catalogue writes it', async () => {
    expect(await idsOf('adidas', { size: 100 })).toEqual(expect.arrayContaining(['sporty-0', 'jacket-0', 'sneaker-0']))
    expect(await idsOf('adidas 자켓')).toEqual(expect.arrayContaining(['jacket-0']))
    expect((await idsOf('adidas 자켓'))[0]).toBe('jacket-0')
    expect(await didYouMean('adidas 자켓')).toBeNull()
  })
})

describe('a search that is not to be understood', () => {
  it('takes every word for a word', async () => {
    const plain = await ask('runing shoes under $50', { understand: false })
    expect(plain.query).toMatchObject({ slots: [], didYouMean: null, steps: [] })
    expect(plain.query.terms).toContain('50')
    expect(plain.query.terms).not.toContain('running')
    expect(plain.hits.every(({ explanation }) => explanation!.wishes.length === 0)).toBe(true)
  })

  it('is another list than the one that is understood', async () => {
    const { requestId } = await ask('red shoes')
    expect((await ask('red shoes', { understand: false, requestId })).requestId).not.toBe(requestId)
  })
})

describe('what was done to a query', () => {
  it('is told step by step to whoever asks for an explanation, also with a later page', async () => {
    const input = { query: 'red runing shoes under $50', size: 1 }
    const plain = await shop.client.search(input)
    expect(plain.query).not.toHaveProperty('steps')
    const { query } = await shop.client.search({ ...input, page: 2, requestId: plain.requestId, explain: true })
    expect(query.steps!.map(({ step, surface, result }) => [step, surface, result])).toEqual([
      ['language', 'red runing shoes under $50', 'en, ko, pt'],
      ['intent', 'red', 'wish: Colour Red'],
      ['intent', 'shoes', 'wish: category Fashion > Shoes'],
      ['intent', 'under $50', 'filter: price up to 50 USD'],
      ['spelling', 'runing', 'running'],
    ])
    for (const { reason } of query.steps!) expect(reason).not.toBe('')
  })
})

describe('the words that a query is read by', () => {
  it('are named by how many products they stand on', async () => {
    expect((await ask('shoes')).versions.vocabulary).toBe(market.length)
    expect((await ask('shoes', { understand: false })).versions.vocabulary).toBeNull()
  })
})

describe('a word that the catalogue has', () => {
  it('may be a slip after all, but only once it finds nothing', async () => {
    const others = Array.from({ length: 30 }, (_, i) => aProduct({ id: `c${i}`, title: 'canvas shoes', brand: 'Acme' }))
    await using rare = await openShop([...others, aProduct({ id: 'odd', title: 'shoed horse', brand: 'Bolt' })])
    await rare.learn()
    const read = async () => {
      const { total, query } = await rare.client.search({ query: 'shoed' })
      return [total, query.didYouMean]
    }
    expect(await read()).toEqual([1, null])
    await rare.change([], ['odd'])
    expect(await read()).toEqual([0, 'shoes'])
    expect((await rare.client.search({ query: 'shoed', understand: false })).query.didYouMean).toBeNull()
  })
})
