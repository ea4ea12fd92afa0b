import { until } from '@eip/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { overTopologies, type Running } from './topologies.ts'

type Hit = { id: string; score: number; explanation?: { features: { contribution: number }[] } }
type Found = {
  hits: Hit[]
  total: number
  requestId: string
  facets: { name: string; values?: { value: string; count: number }[] }[]
}
type Failed = { error: { code: string; message: string; cure: string; details?: { valid?: string[] } } }

const products = [
  {
    id: 'tv-1',
    title: 'Lumina 55 inch OLED TV',
    brand: 'Lumina',
    categoryPath: ['Electronics', 'TV'],
    price: { amount: 99900, currency: 'USD' },
    language: 'en',
  },
  {
    id: 'tv-2',
    title: 'Lumina 65 inch OLED TV',
    brand: 'Lumina',
    categoryPath: ['Electronics', 'TV'],
    price: { amount: 149900, currency: 'USD' },
    language: 'en',
  },
  {
    id: 'tv-3',
    title: 'Orbis 55 inch LED TV',
    brand: 'Orbis',
    categoryPath: ['Electronics', 'TV'],
    price: { amount: 39900, currency: 'USD' },
    language: 'en',
  },
  {
    id: 'fr-1',
    title: '미래 300리터 냉장고',
    brand: '미래',
    categoryPath: ['Appliances', 'Refrigerators'],
    price: { amount: 45000, currency: 'USD' },
    language: 'ko',
  },
  {
    id: 'ch-1',
    title: 'Cadeira de escritório ergonômica',
    brand: 'Assento',
    categoryPath: ['Home', 'Chairs'],
    price: { amount: 12900, currency: 'USD' },
    language: 'pt',
  },
]

overTopologies('a shopper and a merchandiser', (open) => {
  let shop: Running
  beforeAll(async () => {
    shop = await open({})
  })
  afterAll(() => shop.close())

  const get = async <T>(path: string): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${shop.url}${path}`)
    return { status: response.status, body: (await response.json()) as T }
  }
  const find = async (query: string) => (await get<Found>(`/api/v1/search?${query}`)).body
  const post = async <T>(path: string, body: unknown, token?: string): Promise<{ status: number; body: T }> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
    const response = await fetch(`${shop.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as T }
  }
  const signIn = async (name: string): Promise<string> =>
    (await post<{ token: string }>('/api/v1/sign-in', { name, password: shop.password })).body.token

  it('is ready, and says where its services are', async () => {
    await until('the host is ready', async () => (await fetch(`${shop.url}/ready`)).status === 200)
    expect((await fetch(`${shop.url}/live`)).status).toBe(200)
    expect(JSON.stringify((await get('/services')).body)).toContain('gateway')
  })

  it('takes products from a merchandiser alone', async () => {
    expect((await post<Failed>('/api/v1/products', { products })).body.error.code).toBe('gateway.sign-in-needed')
    const viewer = await signIn('vic')
    expect((await post<Failed>('/api/v1/products', { products }, viewer)).status).toBe(403)
    const merchandiser = await signIn('ana')
    const { body } = await post('/api/v1/products', { products: [...products, { id: 'bad', title: '' }] }, merchandiser)
    expect(body).toMatchObject({
      created: 5,
      updated: 0,
      unchanged: 0,
      rejected: [{ index: 5, id: 'bad', field: 'title' }],
    })
    expect((await post('/api/v1/products', { products }, merchandiser)).body).toMatchObject({
      created: 0,
      unchanged: 5,
    })
  })

  it('finds what was put in, within a moment', async () => {
    await until('the products can be found', async () => (await find('q=')).total === 5)
    expect((await find('q=oled')).hits.map((hit) => hit.id).toSorted()).toEqual(['tv-1', 'tv-2'])
    expect((await find(`q=${encodeURIComponent('냉장고')}`)).hits.map((hit) => hit.id)).toEqual(['fr-1'])
    expect((await find(`q=${encodeURIComponent('cadeiras')}`)).hits.map((hit) => hit.id)).toEqual(['ch-1'])
  })

  it('counts facets and explains scores', async () => {
    const found = await find('q=tv&filter=price:..1000&explain=true')
    expect(found.total).toBe(2)
    expect(found.facets.find(({ name }) => name === 'brand')?.values).toEqual([
      { value: 'Lumina', count: 1 },
      { value: 'Orbis', count: 1 },
    ])
    for (const { score, explanation } of found.hits) {
      const sum = explanation?.features.reduce((total, { contribution }) => total + contribution, 0)
      expect(sum).toBeCloseTo(score, 6)
    }
  })

  it('pages without repeating a product', async () => {
    const first = await find('q=&size=2')
    const rest = await Promise.all([2, 3].map((page) => find(`q=&size=2&page=${page}&requestId=${first.requestId}`)))
    const ids = [first, ...rest].flatMap(({ hits }) => hits.map((hit) => hit.id))
    expect(ids.toSorted()).toEqual(products.map(({ id }) => id).toSorted())
  })

  it('shows a product, and says when there is none', async () => {
    expect((await get('/api/v1/products/tv-1')).body).toMatchObject({
      product: { title: 'Lumina 55 inch OLED TV' },
      version: 1,
    })
    expect(await get('/api/v1/products/none')).toMatchObject({
      status: 404,
      body: { error: { code: 'catalog.not-found' } },
    })
  })

  it.each([
    ['filter=colour:red', 400, 'search.bad-filter', 'colour'],
    ['filter=price:cheap', 400, 'search.bad-filter', 'price'],
    ['sort=best', 400, 'search.bad-sort', 'best'],
    ['facet=smell', 400, 'search.bad-facet', 'smell'],
    ['size=-1', 400, 'gateway.bad-request', 'size'],
    ['size=', 400, 'gateway.bad-request', 'size'],
    ['size=1e3', 400, 'gateway.bad-request', 'size'],
    ['page=0', 400, 'gateway.bad-request', 'page'],
    ['q=a&q=b', 400, 'gateway.bad-request', 'q'],
    ['q=%ff', 400, 'gateway.bad-request', 'escape'],
    ['q=tv&page=900&size=100', 400, 'search.page-too-deep', 'page'],
  ])('answers %s clearly', async (query, status, code, word) => {
    const { status: answered, body } = await get<Failed>(`/api/v1/search?${query}`)
    expect([answered, body.error.code]).toEqual([status, code])
    expect(body.error.message).toContain(word)
    expect(body.error.cure.length).toBeGreaterThan(10)
  })

  it('answers a page beyond the end with no hits and the right total', async () => {
    expect(await find('q=tv&page=9')).toMatchObject({ hits: [], total: 3, page: 9 })
  })

  it('describes its API', async () => {
    const { body } = await get<{ openapi: string; paths: Record<string, unknown> }>('/api/v1/openapi.json')
    expect(body.openapi).toMatch(/^3\.1/)
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/search', '/products/{id}', '/sign-in', '/products']),
    )
    const page = await fetch(`${shop.url}/api/docs`)
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("script-src 'self'"),
    ])
  })

  it('lets an operator say who may sign in', async () => {
    const operator = await signIn('olga')
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${operator}` }
      const response = await fetch(`${shop.url}${path}`, { method, headers, body: body ? JSON.stringify(body) : null })
      return { status: response.status, body: (await response.json()) as unknown }
    }
    expect(await ask('PUT', '/api/v1/accounts/max', { role: 'viewer', password: 'short' })).toMatchObject({
      status: 400,
    })
    const saved = await ask('PUT', '/api/v1/accounts/max', { role: 'viewer', password: shop.password })
    expect(saved).toEqual({ status: 200, body: { name: 'max', role: 'viewer' } })
    expect(
      (await fetch(`${shop.url}/api/v1/index`, { headers: { authorization: `Bearer ${await signIn('max')}` } })).status,
    ).toBe(200)
    const { body } = await ask('GET', '/api/v1/accounts')
    expect(JSON.stringify(body)).toContain('{"name":"max","role":"viewer"}')
    expect(JSON.stringify(body)).not.toMatch(/hash|salt|battery/)
    expect(await ask('DELETE', '/api/v1/accounts/max')).toMatchObject({ status: 200 })
    expect(await ask('DELETE', '/api/v1/accounts/max')).toMatchObject({
      status: 404,
      body: { error: { code: 'gateway.no-such-account' } },
    })
    expect(await signIn('max')).toBeUndefined()
    expect((await post<Failed>('/api/v1/products', { products }, await signIn('vic'))).body.error.code).toBe(
      'gateway.role-missing',
    )
  })

  it('forgets a product that was deleted', async () => {
    const { body } = await post('/api/v1/products/delete', { ids: ['tv-3', 'none'] }, await signIn('ana'))
    expect(body).toEqual({ deleted: 1, absent: 1 })
    await until('the product is gone', async () => (await find('q=tv')).total === 2)
    expect((await get('/api/v1/products/tv-3')).status).toBe(404)
  })
})
