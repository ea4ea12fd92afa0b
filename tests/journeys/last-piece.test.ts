import { until } from '@eip/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { overTopologies, type Running } from './topologies.ts'

type Feature = { name: string; contribution: number }
type Hit = {
  id: string
  score: number
  fulfilment: { notice: string | null; left: number | null }
  explanation?: { features: Feature[]; guard: { reason: string; action: string } | null }
}
type Found = { hits: Hit[]; total: number }
type Outcome = { outcome: string; order?: { orderId: string; state: string; total: { amount: number } } }
type Failed = { error: { code: string } }

const usd = (amount: number) => ({ amount, currency: 'USD' })
const lamp = (id: string, seller: string, finish: string) => ({
  ...{ id, seller, title: `Brass desk lamp, ${finish}`, brand: 'Lumen', categoryPath: ['Home', 'Lamps'] },
  ...{ price: usd(4_900), language: 'en' },
})
// Alike but for who sells them: what stands first is decided by stock and deliveries.
const products = [
  lamp('a-late', 'Slow & Co', 'matt'),
  lamp('b-punctual', 'Swift Ltd', 'matt'),
  lamp('last', 'Swift Ltd', 'matt'),
]

const day = 86_400_000
const begun = Date.UTC(2026, 0, 5)

/** Delivered orders of a seller, so many days after the promised one. */
const history = (seller: string, productId: string, daysLate: number) =>
  Array.from({ length: 40 }, (_, i) => {
    const placedAt = begun + i * day
    const promisedAt = placedAt + 6 * day
    const deliveredAt = promisedAt + daysLate * day
    return {
      ...{ orderId: `${productId}-${i}`, customer: `c-${i}`, region: 'SP', state: 'delivered' },
      ...{ placedAt, paidAt: placedAt, shippedAt: placedAt + day, deliveredAt, cancelledAt: null, returnedAt: null },
      ...{ promisedAt, review: null },
      lines: [
        {
          ...{ productId, quantity: 1, unitPrice: usd(4_900), seller, sellerRegion: 'RJ' },
          categoryPath: ['Home', 'Lamps'],
        },
      ],
    }
  })

type Buy = <T>(method: string, path: string, body: unknown) => Promise<{ status: number; body: T }>

/** A busy machine may answer that it could not do it now: then under the next id, as a shopper would who buys again. */
async function bought(buy: Buy, checkouts: readonly Readonly<{ checkoutId: string }>[]) {
  for (const checkout of checkouts) {
    const ended = await until(`checkout ${checkout.checkoutId} has ended`, async () => {
      const { status, body } = await buy<Outcome>('POST', '/checkout', checkout)
      return status < 500 && body.outcome === 'pending' ? null : { status, ...body, id: checkout.checkoutId }
    })
    if (ended.status < 500) return ended
  }
  throw new Error('no checkout came to an end')
}

overTopologies('the last piece', (open) => {
  let shop: Running
  let token = ''
  beforeAll(async () => {
    shop = await open({})
  })
  afterAll(() => shop.close())

  const send = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${shop.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  const asOperator = <T>(method: string, path: string, body?: unknown) =>
    send<T>(method, path, body, { authorization: `Bearer ${token}` })
  const shopper = (name: string) => {
    const headers = { 'x-shopper': `${name}-0123456789abcdef` }
    return <T>(method: string, path: string, body?: unknown) => send<T>(method, path, body, headers)
  }
  const find = async (query: string) => (await send<Found>('GET', `/search?${query}`)).body
  const order = async (query: string) => (await find(query)).hits.map(({ id }) => id)

  it('is counted into stock, and everything of it is known', async () => {
    await until('the hosts are ready', async () => {
      const answers = await Promise.all(Object.values(shop.hosts).map((url) => fetch(`${url}/ready`)))
      return answers.every(({ ok }) => ok)
    })
    token = (await send<{ token: string }>('POST', '/sign-in', { name: 'olga', password: shop.password })).body.token
    expect((await asOperator('POST', '/products', { products })).status).toBe(200)
    const rows = [
      ...products.slice(0, 2).map(({ id }) => ({ productId: id, onHand: 100 })),
      { productId: 'last', onHand: 1 },
      { productId: 'last', onHand: -3 },
    ]
    expect((await asOperator('POST', '/stock/counts', { operationId: 'count-1', rows })).body).toMatchObject({
      changed: 3,
      rejected: [{ index: 3, productId: 'last', field: 'onHand' }],
    })
    await until('search shows the stock', async () => {
      const { hits } = await find('q=lamp')
      return hits.length === 3 && hits.find(({ id }) => id === 'last')?.fulfilment.notice === 'low-stock'
    })
  })

  it('goes to one of two shoppers; the other is told, and nothing of his is taken', async () => {
    const [ann, bob] = [shopper('ann'), shopper('bob')]
    for (const buy of [ann, bob])
      await until('orders knows the price', async () => {
        const { status } = await buy('PUT', '/cart/lines/last', { quantity: 1 })
        return status === 200
      })
    const checkout = (checkoutId: string) => ({ checkoutId, expected: usd(4_900), paymentToken: 'card', region: 'SP' })
    const buyers = [
      { buy: ann, ids: ['ann-1', 'ann-2', 'ann-3', 'ann-4'] },
      { buy: bob, ids: ['bob-1', 'bob-2', 'bob-3', 'bob-4'] },
    ]
    const ends = await Promise.all(buyers.map(({ buy, ids }) => bought(buy, ids.map(checkout))))
    expect(ends.map(({ outcome }) => outcome).toSorted()).toEqual(['insufficient', 'placed'])
    const [winner, loser] = ends[0]!.outcome === 'placed' ? [ann, bob] : [bob, ann]
    expect((await winner<{ orders: unknown[] }>('GET', '/orders')).body.orders).toHaveLength(1)
    expect((await loser<{ orders: unknown[] }>('GET', '/orders')).body.orders).toEqual([])
    expect((await loser<{ lines: unknown[] }>('GET', '/cart')).body.lines).toHaveLength(1)
    // Whoever asks again because an answer was lost is told the same.
    const { id } = ends.find(({ outcome }) => outcome === 'placed')!
    expect((await winner<Outcome>('POST', '/checkout', checkout(id))).body.outcome).toBe('placed')
  })

  it('sinks in the next search, and says why', async () => {
    // A single piece stands last already: it is the notice that tells that the news is here.
    await until('it is told to be out of stock', async () => {
      const { hits } = await find('q=lamp')
      return hits.find(({ id }) => id === 'last')?.fulfilment.notice === 'out-of-stock'
    })
    const sunk = (await find('q=lamp&explain=true')).hits.at(-1)!
    expect(sunk.id).toBe('last')
    expect(sunk.explanation?.guard).toEqual({ reason: 'unavailable', action: 'sink' })
    // By price too, though all cost the same.
    expect((await order('q=lamp&sort=price')).at(-1)).toBe('last')
  })

  it('comes back when it is returned', async () => {
    const { orders } = (await asOperator<{ orders: { orderId: string }[] }>('GET', '/operations/orders')).body
    const orderId = orders[0]!.orderId
    for (const step of ['ship', 'deliver', 'return'])
      expect((await asOperator('POST', `/operations/orders/${orderId}/${step}`, {})).status).toBe(200)
    expect(
      (
        await asOperator<Failed>('POST', `/operations/orders/${orderId}/return`, {
          lines: [{ productId: 'last', quantity: 1 }],
        })
      ).body,
    ).toMatchObject({ error: { code: 'orders.too-many-returned' } })
    await until('it can be bought again', async () => {
      const { hits } = await find('q=lamp')
      return hits.find(({ id }) => id === 'last')?.fulfilment.notice === 'low-stock'
    })
    const { body } = await asOperator<{ isBalanced: boolean; entries: { reason: string }[] }>(
      'GET',
      '/stock/last/ledger',
    )
    expect(body.isBalanced).toBe(true)
    expect(body.entries.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['received', 'reserved', 'deducted', 'restored']),
    )
  })

  it('of a late seller ranks lower than that of a punctual one, and the explanation says by how much', async () => {
    const orders = [...history('Slow & Co', 'a-late', 5), ...history('Swift Ltd', 'b-punctual', -2)]
    expect((await asOperator('POST', '/operations/orders/import', { orders })).body).toMatchObject({
      created: 80,
      rejected: [],
    })
    await until('the late one stands below', async () => {
      const ids = await order('q=lamp')
      return ids.indexOf('b-punctual') < ids.indexOf('a-late')
    })
    const { hits } = await find('q=lamp&explain=true')
    const [late, punctual] = ['a-late', 'b-punctual'].map((id) => hits.find((hit) => hit.id === id)!)
    const part = (hit: Hit | undefined) =>
      hit?.explanation?.features.find(({ name }) => name === 'logistics')?.contribution ?? 0
    expect(part(late)).toBeLessThan(part(punctual))
    const others = (hit: Hit | undefined) => (hit?.score ?? 0) - part(hit)
    expect(others(late)).toBeCloseTo(others(punctual), 6)
  })

  it('is promised by region, and what is not delivered there stands last', async () => {
    const regions = await send<{ regions: { region: string }[] }>('GET', '/regions')
    expect(regions.body.regions.map(({ region }) => region)).toEqual(expect.arrayContaining(['SP', 'RJ']))
    const promise = (await send<{ promise: { days: number | null } }>('GET', '/products/b-punctual/delivery?region=SP'))
      .body
    expect(promise.promise.days).toBeGreaterThan(0)
    expect((await asOperator('PUT', '/logistics/coverage', { seller: 'Swift Ltd', regions: ['RJ'] })).status).toBe(200)
    await until('what Swift sells stands last in SP', async () => (await order('q=lamp&region=SP'))[0] === 'a-late')
    const { hits } = await find('q=lamp&region=SP')
    expect(hits.find(({ id }) => id === 'b-punctual')?.fulfilment.notice).toBe('not-delivered')
    expect((await order('q=lamp&region=RJ'))[0]).toBe('b-punctual')
  })

  it('is served as its owners have it', async () => {
    await until('view and truth agree', async () => {
      const { body } = await asOperator<{
        view: { stock: { version: number } | null; logistics: { version: number } | null } | null
        stock: { version: number } | null
        logistics: { version: number } | null
      }>('GET', '/products/last/served')
      return (
        body.view?.stock?.version === body.stock?.version && body.view?.logistics?.version === body.logistics?.version
      )
    })
  })
})
