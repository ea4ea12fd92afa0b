import { expect, it } from 'vitest'
import { mostCartLines } from '../domain/cart.ts'
import { cartEvent } from '../testing/examples.ts'
import type { CartStore } from './cart-store.port.ts'

export type CartStoreHarness = Readonly<{
  carts: CartStore
  sent(): Promise<readonly Readonly<{ key: string; version: number }>[]>
  reopen(): Promise<CartStoreHarness>
  close(): Promise<void>
}>

const put = (carts: CartStore, cartId: string, productId: string, quantity: number) =>
  carts.set(cartId, { productId, quantity }, cartEvent(cartId, productId, quantity))

/** Every law of the port, one test each. */
export function cartStoreContract(open: () => Promise<CartStoreHarness>): void {
  const withStore = async (work: (harness: CartStoreHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }

  it('holds what was last set, in the order in which it first came', () =>
    withStore(async ({ carts }) => {
      expect(await carts.read('c')).toEqual([])
      expect(await put(carts, 'c', 'z', 1)).toBe('set')
      await put(carts, 'c', 'a', 2)
      await put(carts, 'c', 'z', 3)
      await put(carts, 'other', 'q', 1)
      expect(await carts.read('c')).toEqual([
        { productId: 'z', quantity: 3 },
        { productId: 'a', quantity: 2 },
      ])
      await put(carts, 'c', 'z', 0)
      expect(await carts.read('c')).toEqual([{ productId: 'a', quantity: 2 }])
    }))

  it('sends an event with every change, of growing versions, and none where nothing changed', () =>
    withStore(async ({ carts, sent }) => {
      await put(carts, 'c', 'a', 2)
      expect(await put(carts, 'c', 'a', 2)).toBe('unchanged')
      expect(await put(carts, 'c', 'never', 0)).toBe('unchanged')
      await put(carts, 'c', 'a', 0)
      const versions = (await sent()).map(({ version }) => version)
      expect(versions).toHaveLength(2)
      expect(versions[1]).toBeGreaterThan(versions[0]!)
    }))

  it('keeps neither the line nor the event when the event cannot leave', () =>
    withStore(async ({ carts, sent }) => {
      const bad = () => ({ ...cartEvent('c', 'a', 1)(1), version: -1 })
      await expect(carts.set('c', { productId: 'a', quantity: 1 }, bad)).rejects.toThrow()
      expect([await carts.read('c'), await sent()]).toEqual([[], []])
    }))

  it('takes so many different products and no more, however many are put at once', () =>
    withStore(async ({ carts }) => {
      const products = Array.from({ length: mostCartLines + 3 }, (_, at) => `p${at}`)
      const outcomes = await Promise.all(products.map((id) => put(carts, 'c', id, 1)))
      expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(3)
      expect(await carts.read('c')).toHaveLength(mostCartLines)
      const [first] = await carts.read('c')
      expect(await put(carts, 'c', first!.productId, 7)).toBe('set')
    }))

  it('is durable', async () => {
    const before = await open()
    await put(before.carts, 'c', 'a', 2)
    const after = await before.reopen()
    expect([(await after.carts.read('c')).length, (await after.sent()).length]).toEqual([1, 1])
    await after.close()
  })
}
