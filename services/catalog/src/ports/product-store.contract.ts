import type { Envelope, Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideDeletion, decideUpsert, type Standing, type UpsertRequest } from '../domain/product-change.ts'
import { canonicalProduct, contentOf } from '../domain/product-content.ts'
import type { ProductStore } from './product-store.port.ts'

/** A store and what it has sent on its way, in order. `reopen` leaves it as after a crash: only what was durable is there. */
export type ProductStoreHarness = Readonly<{
  store: ProductStore
  sent(): Promise<readonly Envelope[]>
  reopen(): Promise<ProductStoreHarness>
  close(): Promise<void>
}>

const requestOf = (fields: Partial<Product> & { id: string }): UpsertRequest => {
  const product = canonicalProduct(aProduct(fields))
  return { id: product.id, product, content: contentOf(product) }
}

/** Every adapter keeps these laws. */
export function productStoreContract(open: () => Promise<ProductStoreHarness>): void {
  let harness: ProductStoreHarness
  let events = 0
  const occasion = { now: Date.UTC(2026, 0, 1), trace: 'trace', newEventId: () => `event ${events++}` }

  const upsert = (...products: (Partial<Product> & { id: string })[]) =>
    harness.store.change(products.map(requestOf), (request, standing) => decideUpsert(request, standing, occasion))
  const remove = (...ids: string[]) =>
    harness.store.change(
      ids.map((id) => ({ id })),
      ({ id }, standing) => decideDeletion(id, standing, occasion),
    )
  const sentVersions = async () => (await harness.sent()).map(({ key, version }) => `${key}@${version}`)

  describe('product store', () => {
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    it('holds what was written and sends its event', async () => {
      expect(await upsert({ id: 'a', title: 'First' }, { id: 'b' })).toEqual(['created', 'created'])
      const found = await harness.store.read('a')
      expect(found).toMatchObject({ version: 1, product: { id: 'a', title: 'First' } })
      const [event] = await harness.sent()
      expect(event).toMatchObject({ key: 'a', version: 1, deleted: false, payload: found!.product })
      expect(await sentVersions()).toEqual(['a@1', 'b@1'])
    })

    it('writes and sends nothing where nothing is to change', async () => {
      await upsert({ id: 'a' })
      expect(await upsert({ id: 'a' })).toEqual(['unchanged'])
      expect(await harness.store.read('a')).toMatchObject({ version: 1 })
      expect(await sentVersions()).toEqual(['a@1'])
    })

    it('asks for each request after those before it in the same call', async () => {
      const outcomes = await upsert({ id: 'a', title: 'One' }, { id: 'a', title: 'Two' }, { id: 'a', title: 'Two' })
      expect(outcomes).toEqual(['created', 'updated', 'unchanged'])
      expect(await harness.store.read('a')).toMatchObject({ version: 2, product: { title: 'Two' } })
      expect(await sentVersions()).toEqual(['a@1', 'a@2'])
    })

    it('decides one after the other when changed at once', async () => {
      const rounds = Array.from({ length: 20 }, (_, round) => upsert({ id: 'a', title: `Title ${round}` }, { id: 'b' }))
      const outcomes = await Promise.all(rounds)
      expect(outcomes.flat().filter((outcome) => outcome === 'created')).toHaveLength(2)
      expect(await harness.store.read('a')).toMatchObject({ version: 20, product: { title: 'Title 19' } })
      const versionsOfA = (await harness.sent()).filter(({ key }) => key === 'a').map(({ version }) => version)
      expect(versionsOfA).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    })

    it('keeps and sends nothing of a call in which a decision fails', async () => {
      await upsert({ id: 'a' })
      const failing = harness.store.change(
        [requestOf({ id: 'a', title: 'New' }), requestOf({ id: 'b' })],
        (request) => {
          if (request.id === 'b') throw new Error('no decision')
          return decideUpsert(request, null, occasion)
        },
      )
      await expect(failing).rejects.toThrow()
      expect(await harness.store.read('a')).toMatchObject({ version: 1, product: { title: 'Product a' } })
      expect(await harness.store.count()).toEqual({ products: 1, active: 1 })
      expect(await sentVersions()).toEqual(['a@1'])
    })

    it('keeps and sends nothing of a call whose event cannot leave', async () => {
      const failing = harness.store.change([requestOf({ id: 'a' }), requestOf({ id: 'b' })], (request, standing) => {
        const { outcome, change } = decideUpsert(request, standing, occasion)
        return {
          outcome,
          change: change && { ...change, event: { ...change.event, key: request.id === 'b' ? '' : 'a' } },
        }
      })
      await expect(failing).rejects.toThrow()
      expect(await harness.store.read('a')).toBeNull()
      expect(await harness.sent()).toEqual([])
    })

    it('forgets a deleted product and keeps its version', async () => {
      await upsert({ id: 'a', title: 'One' }, { id: 'b' })
      expect(await remove('a', 'never there', 'a')).toEqual(['deleted', 'absent', 'absent'])
      expect(await harness.store.read('a')).toBeNull()
      const standings: (Standing | null)[] = []
      await harness.store.change([{ id: 'a' }, { id: 'never there' }], (_, standing) => {
        standings.push(standing)
        return { outcome: 'seen', change: null }
      })
      expect(standings).toEqual([{ version: 2, content: null }, null])
      expect(await upsert({ id: 'a', title: 'One' })).toEqual(['created'])
      expect(await harness.store.read('a')).toMatchObject({ version: 3 })
      expect(await sentVersions()).toEqual(['a@1', 'b@1', 'a@2', 'a@3'])
      expect((await harness.sent())[2]).toMatchObject({ deleted: true, payload: null })
    })

    it('counts products, and those that may be shown', async () => {
      expect(await harness.store.count()).toEqual({ products: 0, active: 0 })
      await upsert({ id: 'a' }, { id: 'b', active: false }, { id: 'c' }, { id: 'c', title: 'Again' })
      expect(await harness.store.count()).toEqual({ products: 3, active: 2 })
      await upsert({ id: 'a', active: false }, { id: 'b' }, { id: 'b' })
      expect(await harness.store.count()).toEqual({ products: 3, active: 2 })
      await remove('a', 'b', 'b')
      expect(await harness.store.count()).toEqual({ products: 1, active: 1 })
    })

    it('tells where ids stand, deleted ones too, and pages through all of them in order', async () => {
      expect(await harness.store.versionsAfter(null, 10)).toEqual([])
      await upsert(
        { id: 'b' },
        { id: 'B' },
        { id: 'a', active: false },
        { id: '\u00e9' },
        { id: 'a', title: 'Again', active: false },
      )
      await remove('b')
      const hashOf = async (id: string) => contentOf((await harness.store.read(id))!.product).hash
      const all = await harness.store.versionsAfter(null, 10)
      expect(all).toEqual([
        { id: 'B', version: 1, hash: await hashOf('B'), isActive: true },
        { id: 'a', version: 2, hash: await hashOf('a'), isActive: false },
        { id: 'b', version: 2, hash: null, isActive: false },
        { id: '\u00e9', version: 1, hash: await hashOf('\u00e9'), isActive: true },
      ])
      const pages = [await harness.store.versionsAfter(null, 3), await harness.store.versionsAfter('b', 3)]
      expect(pages.flat()).toEqual(all)
      const asked = await harness.store.versionsOf(['b', 'nobody', 'B'])
      expect(asked.toSorted((x, y) => (x.id < y.id ? -1 : 1))).toEqual([all[0], all[2]])
      expect(await harness.store.versionsOf([])).toEqual([])
    })

    it('gives every character back as it was', async () => {
      const odd = {
        id: "o'dd;--\u{1f40d}%_",
        title: 'Größe 42 가방 \u{1f45f} "quoted" \\ back',
        description: '<b>bold</b> <script>alert(1)</script>\u0000\u0007\r\n\ttail',
        attributes: { constructor: ['x'], toString: ['y'], '10': ['ten'], '9': ['nine'] },
      }
      await upsert(odd, { id: 'plain', description: 'long '.repeat(20_000) })
      expect((await harness.store.read(odd.id))?.product).toMatchObject(odd)
      expect((await harness.store.read('plain'))?.product.description).toHaveLength(100_000)
      expect(await harness.store.read("o'dd")).toBeNull()
    })

    it('holds after a crash what was resolved before it', async () => {
      await upsert({ id: 'a', title: 'One' }, { id: 'b' })
      await remove('b')
      const sent = await harness.sent()
      harness = await harness.reopen()
      expect(await harness.store.read('a')).toMatchObject({ version: 1, product: { title: 'One' } })
      expect(await harness.store.read('b')).toBeNull()
      expect(await harness.store.count()).toEqual({ products: 1, active: 1 })
      expect(await harness.sent()).toEqual(sent)
    })
  })
}
