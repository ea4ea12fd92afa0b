import type { GatewayContract } from '@eip/contracts'
import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { readProductRow } from '@eip/pipeline-products'
import type { Client } from '@eip/rpc'
import { until } from '@eip/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { overTopologies, type Running } from './topologies.ts'

type Answers<Operation extends keyof GatewayContract> = Awaited<ReturnType<Client<GatewayContract>[Operation]>>
type Failed = Readonly<{ error: Readonly<{ code: string; message: string }> }>

const products = [...generateDemoShop({ products: 400 })].flatMap((row) => {
  const read = readProductRow(row)
  return read.outcome === 'product' ? [read.product] : []
})

overTopologies('a search by words and meaning', (open) => {
  let shop: Running
  beforeAll(async () => {
    shop = await open({})
    expect(await ask('POST', '/products', 'ana', { products })).toMatchObject({ status: 200 })
  })
  afterAll(() => shop.close())

  const tokens = new Map<string, string>()
  const tokenOf = async (name: string): Promise<string> => {
    const known = tokens.get(name)
    if (known !== undefined) return known
    const { body } = await ask<{ token: string }>('POST', '/sign-in', null, { name, password: shop.password })
    tokens.set(name, body.token)
    return body.token
  }
  const ask = async <Body>(method: string, path: string, who: string | null = null, body?: object) => {
    const authorization = who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` }
    const headers = { ...authorization, ...(body ? { 'content-type': 'application/json' } : {}) }
    const init = { method, headers, body: body ? JSON.stringify(body) : null }
    const response = await fetch(`${shop.url}/api/v1${path}`, init)
    return { status: response.status, body: (await response.json()) as Body }
  }
  const search = async (query: string, more = '') =>
    (await ask<Answers<'search'>>('GET', `/search?q=${encodeURIComponent(query)}${more}`)).body

  // Training has a low priority: on a busy machine it waits for all others.
  const patience = 240_000
  it('begins by itself, as soon as an encoder was trained on the products', { timeout: patience }, async () => {
    const read = async () => {
      const found = await search('warm jacket for the winter', '&explain=true')
      return found.versions.encoder === null ? null : found
    }
    const answer = await until('queries are read by an encoder', read, patience)
    expect(answer.degraded).toEqual([])
    expect(answer.hits[0]?.explanation?.vector?.cosine).toBeGreaterThan(0)
    const fusion = answer.query.steps?.find(({ step }) => step === 'fusion')
    expect(fusion?.result).toMatch(/^words \d+ %, meaning \d+ %$/)
    const { body } = await ask<Answers<'encoderStatus'>>('GET', '/encoders', 'vic')
    const serving = { encoder: answer.versions.encoder, state: 'serving', embedded: products.length, lag: 0 }
    expect(body).toMatchObject({ encoders: [serving], training: null, trouble: null })
  })

  it('understands wishes and typing mistakes', async () => {
    const { query, hits } = await until('the words of the catalogue are known', async () => {
      const found = await search('black jackts under 90', '&explain=true')
      return found.query.slots.length > 0 ? found : null
    })
    expect(query.slots).toContainEqual(expect.objectContaining({ kind: 'price', effect: 'filter' }))
    expect(query.didYouMean).toContain('jacket')
    for (const { price } of hits) expect(price!.amount).toBeLessThanOrEqual(9_000)
  })

  it('suggests how a typed beginning goes on', async () => {
    const { body } = await ask<Answers<'suggest'>>('GET', '/suggest?q=jack')
    expect(body.degraded).toEqual([])
    expect(body.suggestions.map(({ text }) => text.toLowerCase()).join()).toContain('jacket')
    expect(body.suggestions.some(({ kind }) => kind === 'product')).toBe(true)
    expect((await ask<Answers<'suggest'>>('GET', `/suggest?q=${'x'.repeat(1_000)}`)).body.suggestions).toEqual([])
  })

  it('finds products like one', async () => {
    const [first] = (await search('jacket', '&size=1')).hits
    const { body } = await ask<Answers<'similarProducts'>>('GET', `/products/${first!.id}/similar?size=5`)
    expect(body.hits).toHaveLength(5)
    expect(body.hits.map(({ id }) => id)).not.toContain(first!.id)
    expect(body.hits.every(({ reason }) => reason === 'vector')).toBe(true)
    expect(await ask<Failed>('GET', '/products/none/similar')).toMatchObject({
      status: 404,
      body: { error: { code: 'search.no-such-product' } },
    })
  })

  it('learns a synonym at once, from a merchandiser alone', async () => {
    const rule = { kind: 'one-way', from: ['zorbcoat'], to: ['jacket'] }
    expect((await ask<Failed>('PUT', '/synonyms/coat', 'vic', rule)).status).toBe(403)
    expect((await ask('PUT', '/synonyms/coat', 'ana', rule)).body).toEqual({ id: 'coat', ...rule })
    await until('the synonym holds', async () => (await search('zorbcoat', '&mode=bm25')).total > 0)
    const back = { kind: 'one-way', from: ['jacket'], to: ['zorbcoat'] }
    const refused = await ask<Failed>('PUT', '/synonyms/back', 'ana', back)
    expect([refused.status, refused.body.error.code]).toEqual([400, 'search.bad-synonym'])
    expect(refused.body.error.message).toMatch(/coat.*back/)
    expect((await ask<Answers<'listSynonyms'>>('GET', '/synonyms', 'vic')).body.rules).toHaveLength(1)
    expect((await ask('DELETE', '/synonyms/coat', 'ana')).status).toBe(200)
    await until('the synonym is forgotten', async () => (await search('zorbcoat', '&mode=bm25')).total === 0)
    expect((await ask('DELETE', '/synonyms/coat', 'ana')).status).toBe(404)
  })

  it('lets an operator alone say which encoder is used', async () => {
    expect((await ask<Failed>('POST', '/encoders/train', 'ana', {})).status).toBe(403)
    expect(await ask<Failed>('POST', '/encoders/none-such/use', 'olga', {})).toMatchObject({
      status: 404,
      body: { error: { code: 'embedding.no-such-encoder' } },
    })
  })
})
