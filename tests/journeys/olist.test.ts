import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sharedData, temporaryDirectory, until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, type Hit, lateAndPunctual, type ShopAt, shopAt, told } from './olist-shop.ts'
import { allInOne, onServers, type Running } from './topologies.ts'

const olist = sharedData('olist-8k')
const brl = (amount: number) => ({ amount, currency: 'BRL' })
const patience = 600_000

type Loaded = Readonly<{ created: number; updated: number; unchanged: number; setAside: number }>
type Imported = Readonly<{
  tables: readonly { table: string; read: number; kept: number; duplicates: number; setAside: number }[]
  products: Loaded
  orders: Loaded & { read: number; reasons: Record<string, number> }
  stock: { generated: number; hadStock: number }
  searchable: number
}>
type Verified = Readonly<{ isGood: boolean; compared: number; stock: object; logistics: object }>
type Outcome = Readonly<{
  outcome: string
  order?: { orderId: string; placedAt: number; promisedAt: number | null }
  lines?: { productId: string; wanted: number; available: number }[]
}>
type Promised = Readonly<{
  promise: { days: number; latestDays: number; lateProbability: number; basis: string; isDeliverable: boolean }
}>
type Policies = Readonly<{ current: { version: number; document: { guards: object } } }>
type Counted = Readonly<{ read: number; changed: number; unchanged: number; setAside: number; rejectedFile: string }>

const profiles = [{ name: 'all in one host', open: allInOne, isThere: true }, onServers]

for (const { name, open, isThere } of profiles)
  describe.skipIf(!isThere || !olist.isThere)(`a shop with the history of Olist, ${name} ${olist.skipReason}`, () => {
    const files = temporaryDirectory()
    let running: Running
    let shop: ShopAt
    let first: Imported
    const eip = (...args: string[]) => command(running.commands, ...args)

    beforeAll(async () => {
      running = await open({ ENCODER: 'manual' })
      shop = await shopAt(running)
      first = told<Imported>(await eip('import', 'olist', olist.path, '--json'))
    }, patience)
    afterAll(async () => {
      await running.close()
      files[Symbol.dispose]()
    }, patience)

    const part = (hit: Hit | undefined, feature: string) =>
      hit?.explanation?.features.find(({ name }) => name === feature)?.contribution ?? 0
    /** Products by id with the versions of what their owners say. */
    const versions = async () => {
      const paths = ['/products/versions', '/stock/versions', '/logistics/versions']
      const pages = paths.map((path) => shop.asOperator<{ versions: unknown[] }>('POST', path, { limit: 1_000 }))
      return (await Promise.all(pages)).map(({ body }) => body.versions)
    }

    it('says of every row what became of it', () => {
      expect(first.tables).toHaveLength(9)
      for (const { read, kept, duplicates, setAside } of first.tables) expect(kept + duplicates + setAside).toBe(read)
      const { read, created, setAside, reasons } = first.orders
      expect([read, created + setAside]).toEqual([8_135, 8_135])
      expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(setAside)
      expect(reasons['the order has no items']).toBe(775)
      expect(first).toMatchObject({ searchable: 5_460, products: { created: 5_460 }, stock: { generated: 5_460 } })
    })

    it(
      'is the same after the same import',
      async () => {
        const before = await versions()
        const again = told<Imported>(await eip('import', 'olist', olist.path, '--json'))
        expect(again.products).toMatchObject({ created: 0, updated: 0, unchanged: 5_460 })
        expect(again.orders).toMatchObject({ created: 0, updated: 0, unchanged: first.orders.created })
        expect(again.stock).toEqual({ generated: 0, hadStock: 5_460 })
        expect(await versions()).toEqual(before)
      },
      patience,
    )

    it('sinks what was bought to the last piece in the next search, and refuses the second buyer', async () => {
      const words = { q: 'home appliances', size: '100', explain: 'true' }
      const restocked = (await shop.find(words)).hits.filter(({ fulfilment }) => fulfilment.notice === 'out-of-stock')
      const lines = restocked.map(({ id }) => ({ productId: id, quantity: 9 }))
      if (lines.length > 0)
        await shop.asOperator('POST', '/stock/receipts', { operationId: 'restock', lines, note: 'a van came' })
      await until('all is in stock', async () =>
        (await shop.find(words)).hits.every(({ fulfilment }) => fulfilment.notice !== 'out-of-stock'),
      )
      const last = (await shop.find(words)).hits.find(({ price }) => price !== null)!
      const { onHand } = (await shop.asOperator<{ onHand: number }>('GET', `/stock/${last.id}`)).body
      const left = { operationId: 'one-left', productId: last.id, quantity: 1 - onHand, note: 'counted' }
      if (onHand !== 1) expect((await shop.asOperator('POST', '/stock/adjustments', left)).status).toBe(200)
      const [ann, bob] = [shop.shopper('ann'), shop.shopper('bob')]
      for (const buy of [ann, bob])
        expect((await buy('PUT', `/cart/lines/${last.id}`, { quantity: 1 })).status).toBe(200)
      const checkout = { expected: last.price, paymentToken: 'card', region: 'SP' }
      const bought = (await ann<Outcome>('POST', '/checkout', { ...checkout, checkoutId: 'ann-1' })).body
      expect(bought.outcome).toBe('placed')
      expect(bought.order!.promisedAt).toBeGreaterThan(bought.order!.placedAt)
      expect((await bob<Outcome>('POST', '/checkout', { ...checkout, checkoutId: 'bob-1' })).body).toEqual({
        outcome: 'insufficient',
        lines: [{ productId: last.id, wanted: 1, available: 0 }],
      })
      await until('it stands last', async () => (await shop.find(words)).hits.at(-1)?.id === last.id)
      const sunk = (await shop.find(words)).hits.at(-1)
      expect(sunk?.explanation?.guard).toEqual({ reason: 'unavailable', action: 'sink' })

      const { current } = (await shop.asOperator<Policies>('GET', '/policies')).body
      const document = { ...current.document, guards: { ...current.document.guards, unavailable: 'hide' } }
      const draft = { document, basedOn: current.version, revision: 0 }
      const saved = (await shop.asOperator<{ revision: number }>('PUT', '/policies/draft', draft)).body
      const note = { revision: saved.revision, note: 'hide what is sold out' }
      expect((await shop.asOperator('POST', '/policies/draft/publish', note)).status).toBe(200)
      await until('it is not found', async () => (await shop.find(words)).hits.every(({ id }) => id !== last.id))
      await shop.asOperator('POST', `/policies/${current.version}/roll-back`, { version: current.version, note: '' })
      await until('it is found again', async () => (await shop.find(words)).hits.at(-1)?.id === last.id)
    })

    it('ranks what a late seller sells below the same of a punctual one, by as much as it says', async () => {
      const { late, punctual, category } = await lateAndPunctual(shop)
      const twin = (id: string, seller: string) => ({
        ...{ id, seller, title: 'Quixotic contraption', categoryPath: [category], price: brl(9_900), language: 'en' },
      })
      // By its id the late one would stand first.
      const products = [twin('a-late', late.name), twin('b-punctual', punctual.name)]
      expect((await shop.asOperator('POST', '/products', { products })).body).toMatchObject({ created: 2 })
      const rows = products.map(({ id }) => ({ productId: id, onHand: 100 }))
      await shop.asOperator('POST', '/stock/counts', { operationId: 'twins', rows })
      const words = { q: 'quixotic contraption', explain: 'true' }
      await until('the late one stands below', async () => {
        const ids = (await shop.find(words)).hits.map(({ id }) => id)
        return ids[0] === 'b-punctual' && ids[1] === 'a-late'
      })
      const { hits } = await shop.find(words)
      const [above, below] = ['b-punctual', 'a-late'].map((id) => hits.find((hit) => hit.id === id)!)
      const apart = part(above, 'logistics') - part(below, 'logistics')
      expect(apart).toBeGreaterThan(0)
      expect(above!.score - below!.score).toBeCloseTo(apart, 9)
    })

    it('promises by the region of the customer, also when the first order of today has arrived', async () => {
      for (const step of ['ship', 'deliver'])
        expect((await shop.asOperator('POST', `/operations/orders/ann-1/${step}`, {})).status).toBe(200)
      await until('it is learned', async () => {
        const sales = await shop.asOperator<{ unpublishedEvents: number }>('GET', '/operations/order-statistics')
        const learned = await shop.asOperator<{ behind: number }>('GET', '/operations/logistics')
        return sales.body.unpublishedEvents === 0 && learned.body.behind === 0
      })
      const promised = async (id: string, region: string) =>
        (await shop.asOperator<Promised>('GET', `/products/${id}/delivery?region=${region}`)).body.promise
      const { versions } = (
        await shop.asOperator<{ versions: { id: string; sellerRegion: string | null }[] }>(
          'POST',
          '/logistics/versions',
          {
            limit: 1_000,
          },
        )
      ).body
      const { id } = versions.find(({ sellerRegion }) => sellerRegion === 'SP')!
      const [near, far] = [await promised(id, 'SP'), await promised(id, 'PA')]
      expect(near.basis).toBe('route')
      expect(far.days).toBeGreaterThan(near.days + 3)
      for (const { days, latestDays, lateProbability } of [near, far]) {
        expect(latestDays).toBeGreaterThan(days)
        expect(lateProbability).toBeGreaterThan(0)
        expect(lateProbability).toBeLessThan(0.5)
      }
    })

    it('takes the good rows of a file of stock in, and says why the others are set aside', async () => {
      const file = join(files.path, 'stock.csv')
      const rows = ['a-late,main,7', 'b-punctual,north,5', 'a-late,main,-1', 'a-late,main,1.5', 'a-late,main', ',,1']
      writeFileSync(file, `product_id,place,on_hand\n${rows.join('\n')}\n`)
      const counted = await eip('import', 'stock', file, '--json')
      expect(told<Counted>(counted)).toMatchObject({ read: 6, changed: 2, setAside: 4 })
      for (const line of ['line 4: on_hand must be 0 or more', 'line 5: on_hand must be a whole number'])
        expect(counted.out).toContain(line)
      const stockOf = async (id: string) =>
        (await shop.asOperator<{ onHand: number }>('GET', `/stock/${id}`)).body.onHand
      expect([await stockOf('a-late'), await stockOf('b-punctual')]).toEqual([7, 105])
      writeFileSync(file, 'sku,on_hand\na-late,1\n')
      const refused = await eip('import', 'stock', file)
      expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('no column product_id')])
    })

    it(
      'is served as its owners have it',
      async () => {
        const verified = await eip('verify', '--json')
        const { isGood, compared } = told<Verified>(verified)
        expect([verified.status, isGood, compared]).toEqual([0, true, 5_462])
      },
      patience,
    )
  })
