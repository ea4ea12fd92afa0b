import { aProduct, until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Searching, type Shop } from './testing/open-shop.ts'

const products = [
  aProduct({ id: 'couch', title: 'Grey couch', language: 'en' }),
  aProduct({ id: 'sofa', title: 'Leather sofa', language: 'en' }),
  aProduct({ id: 'settee', title: 'Oak settee', language: 'en' }),
  aProduct({ id: 'laptop', title: 'Thin laptop', language: 'en' }),
  aProduct({ id: 'notebook', title: 'Lined notebook', language: 'en' }),
]

let shop: Shop
beforeAll(async () => {
  shop = await openShop(products)
})
afterAll(() => shop[Symbol.asyncDispose]())

type Client = Searching['client']
const found = async (query: string, client: Client = shop.client) =>
  (await client.search({ query })).hits.map(({ id }) => id).sort()
const finds = (query: string, ids: readonly string[], client: Client = shop.client) =>
  until(`"${query}" finds ${ids.join(', ')}`, async () => (await found(query, client)).join() === ids.join())
const save = (id: string, kind: 'one-way' | 'two-way', from: string[], to: string[] = []) =>
  shop.client.saveSynonym({ id, kind, from, to })

describe('a synonym', () => {
  it('that goes both ways finds both by either, at once and in every process, until it is deleted', async () => {
    const other = await shop.another()
    expect(await found('sofa')).toEqual(['sofa'])
    const rule = await save('seats', 'two-way', ['sofa', 'couch'])
    expect(rule).toEqual({ id: 'seats', kind: 'two-way', from: ['sofa', 'couch'], to: [] })
    await finds('sofa', ['couch', 'sofa'])
    await finds('couch', ['couch', 'sofa'])
    await finds('couch', ['couch', 'sofa'], other.client)
    const { query } = await shop.client.search({ query: 'grey couch', explain: true })
    expect(query.steps).toContainEqual({
      ...{ step: 'synonym', surface: 'couch', result: 'sofa', reason: 'rule "seats"' },
      cause: { code: 'rule', rule: 'seats' },
    })
    expect(await shop.client.deleteSynonym({ id: 'seats' })).toEqual({ id: 'seats' })
    await finds('couch', ['couch'])
    await finds('sofa', ['sofa'], other.client)
    await other.close()
  })

  it('that goes one way finds more by one word, and nothing more by the other', async () => {
    await save('computers', 'one-way', ['notebook'], ['laptop'])
    await finds('notebook', ['laptop', 'notebook'])
    expect(await found('laptop')).toEqual(['laptop'])
    expect((await shop.client.search({ query: 'notebook' })).hits[0]!.id).toBe('notebook')
    await shop.client.deleteSynonym({ id: 'computers' })
    await finds('notebook', ['notebook'])
  })

  it('can be changed, and is listed as it now is, in order of the ids', async () => {
    await save('b-rule', 'two-way', ['sofa', 'couch'])
    await save('a-rule', 'one-way', ['laptop'], ['notebook'])
    await save('b-rule', 'two-way', ['sofa', 'settee'])
    expect(await shop.client.listSynonyms({})).toEqual({
      rules: [
        { id: 'a-rule', kind: 'one-way', from: ['laptop'], to: ['notebook'] },
        { id: 'b-rule', kind: 'two-way', from: ['sofa', 'settee'], to: [] },
      ],
    })
    await finds('sofa', ['settee', 'sofa'])
    for (const id of ['a-rule', 'b-rule']) await shop.client.deleteSynonym({ id })
    expect(await shop.client.listSynonyms({})).toEqual({ rules: [] })
    await finds('sofa', ['sofa'])
  })

  it('is not read where a search is not to be understood', async () => {
    await save('seats', 'two-way', ['sofa', 'couch'])
    await finds('sofa', ['couch', 'sofa'])
    expect((await shop.client.search({ query: 'sofa', understand: false })).total).toBe(1)
    await shop.client.deleteSynonym({ id: 'seats' })
    await finds('sofa', ['sofa'])
  })

  it('outlives a restart', async () => {
    await save('seats', 'two-way', ['sofa', 'couch'])
    await finds('sofa', ['couch', 'sofa'])
    const restarted = await shop.another()
    expect(await found('sofa', restarted.client)).toEqual(['couch', 'sofa'])
    expect((await restarted.client.listSynonyms({})).rules.map(({ id }) => id)).toEqual(['seats'])
    await restarted.client.deleteSynonym({ id: 'seats' })
    await finds('sofa', ['sofa'])
    await restarted.close()
  })
})

describe('a rule that means nothing', () => {
  it.each([
    ['one word for itself', 'two-way', ['sofa', 'Sofa'], [], 'itself'],
    ['one word alone', 'two-way', ['sofa'], [], 'empty side'],
    ['no word to find', 'one-way', ['sofa'], [], 'empty side'],
    ['words on both sides that go both ways', 'two-way', ['sofa', 'couch'], ['settee'], 'two-way'],
  ] as const)('is refused for %s', async (_, kind, from, to, named) => {
    const refused = shop.client.saveSynonym({ id: 'odd', kind, from: [...from], to: [...to] })
    await expect(refused).rejects.toMatchObject({ code: 'search.bad-synonym', message: expect.stringContaining(named) })
    expect(await shop.client.listSynonyms({})).toEqual({ rules: [] })
  })

  it('is refused for a loop, by the names of the rules along it, and nothing changes', async () => {
    await save('ab', 'one-way', ['sofa'], ['couch'])
    await save('bc', 'one-way', ['couch'], ['settee'])
    const refused = save('ca', 'one-way', ['settee'], ['sofa'])
    await expect(refused).rejects.toMatchObject({
      code: 'search.bad-synonym',
      kind: 'invalid',
      message: expect.stringMatching(/"ab".*"bc".*"ca"/),
      details: { faults: [{ code: 'synonyms.loop', rules: expect.arrayContaining(['ab', 'bc', 'ca']) }] },
    })
    // The same words in a rule that replaces another are no loop.
    await save('bc', 'one-way', ['laptop'], ['notebook'])
    expect((await shop.client.listSynonyms({})).rules.map(({ id }) => id)).toEqual(['ab', 'bc'])
    await finds('laptop', ['laptop', 'notebook'])
    for (const id of ['ab', 'bc']) await shop.client.deleteSynonym({ id })
    await finds('sofa', ['sofa'])
    await finds('laptop', ['laptop'])
  })

  it('cannot be saved in two halves at once', async () => {
    const halves = await Promise.allSettled([
      save('there', 'one-way', ['sofa'], ['couch']),
      save('back', 'one-way', ['couch'], ['sofa']),
    ])
    expect(halves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rules } = await shop.client.listSynonyms({})
    expect(rules).toHaveLength(1)
    await shop.client.deleteSynonym({ id: rules[0]!.id })
    await until('no rule holds', async () => (await found('sofa')).length + (await found('couch')).length === 2)
  })

  it('cannot be deleted where there is none', async () => {
    await expect(shop.client.deleteSynonym({ id: 'nobody' })).rejects.toMatchObject({
      code: 'search.no-such-synonym',
      kind: 'not-found',
    })
  })
})
