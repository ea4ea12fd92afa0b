import { expect, it } from 'vitest'
import { type Checkout, ended, orderOf, type StandingCheckout } from '../domain/checkout.ts'
import { changeOf, type StandingOrder } from '../domain/order-change.ts'
import { aCheckout, anOccasion, cartEvent, noon } from '../testing/examples.ts'
import type { CartStore } from './cart-store.port.ts'
import type { CheckoutBook } from './checkout-book.port.ts'
import type { OrderStore } from './order-store.port.ts'

export type CheckoutBookHarness = Readonly<{
  checkouts: CheckoutBook
  orders: OrderStore
  carts: CartStore
  sent(): Promise<readonly Readonly<{ schema: string }>[]>
  reopen(): Promise<CheckoutBookHarness>
  close(): Promise<void>
}>

const reserved = (checkout: Checkout): Checkout => ({ ...checkout, step: 'reserved' })
const bought = (checkout: Checkout) => ended(checkout, { outcome: 'placed' })
const placing = (checkout: Checkout) => (standing: StandingOrder | null) =>
  changeOf(standing, orderOf(checkout, noon), noon, anOccasion())

/** Every law of the port, one test each. */
export function checkoutBookContract(open: () => Promise<CheckoutBookHarness>): void {
  const withBook = async (work: (harness: CheckoutBookHarness) => Promise<void>) => {
    const harness = await open()
    await work(harness).finally(() => harness.close())
  }
  const place = ({ checkouts }: CheckoutBookHarness, seen: StandingCheckout) =>
    checkouts.place(seen, bought(seen.checkout), placing(seen.checkout))

  it('keeps the first that is begun under an id', () =>
    withBook(async ({ checkouts }) => {
      expect(await checkouts.read('c1')).toBeNull()
      const first = await checkouts.begin(aCheckout('c1'), noon)
      expect(first).toEqual({ checkout: aCheckout('c1'), version: 1 })
      expect(await checkouts.begin(aCheckout('c1', { customer: 'bob' }), noon)).toEqual(first)
      expect(await checkouts.read('c1')).toEqual(first)
      expect(await checkouts.unfinished()).toBe(1)
    }))

  it('buys a cart by one checkout at a time', () =>
    withBook(async ({ checkouts }) => {
      const of = (checkoutId: string) => aCheckout(checkoutId, { cartId: 'one cart' })
      const standing = await Promise.all(['c1', 'c2', 'c3'].map((id) => checkouts.begin(of(id), noon)))
      const [first] = standing
      expect(standing).toEqual([first, first, first])
      expect(await checkouts.unfinished()).toBe(1)
      await checkouts.advance(first!, ended(first!.checkout, { outcome: 'placed' }), noon)
      expect((await checkouts.begin(of('c4'), noon)).checkout.checkoutId).toBe('c4')
      expect((await checkouts.begin(first!.checkout, noon)).checkout.step).toBe('ended')
    }))

  it('advances what stands as it was seen, and answers what stands where another was faster', () =>
    withBook(async ({ checkouts }) => {
      const seen = await checkouts.begin(aCheckout('c1'), noon)
      const next = await checkouts.advance(seen, reserved(seen.checkout), noon)
      expect(next).toEqual({ checkout: reserved(seen.checkout), version: 2 })
      const late = await checkouts.advance(seen, ended(seen.checkout, { outcome: 'insufficient', lines: [] }), noon)
      expect(late).toEqual(next)
    }))

  it('places an order, its events and the emptied cart together with the end', () =>
    withBook(async (harness) => {
      const { checkouts, orders, carts, sent } = harness
      const seen = await checkouts.begin(aCheckout('c1'), noon)
      const { cartId } = seen.checkout
      await carts.set(cartId, { productId: 'a', quantity: 3 }, cartEvent(cartId, 'a', 3))
      await carts.set(cartId, { productId: 'late', quantity: 1 }, cartEvent(cartId, 'late', 1))
      expect((await place(harness, seen)).checkout).toMatchObject({ step: 'ended', paymentToken: '' })
      expect(await orders.read('c1')).toMatchObject({ state: 'paid', total: { amount: 1_000 } })
      expect(await carts.read(cartId)).toEqual([
        { productId: 'a', quantity: 1 },
        { productId: 'late', quantity: 1 },
      ])
      const schemas = (await sent()).map(({ schema }) => schema.split('/')[0])
      expect(schemas).toEqual(['orders.cart', 'orders.cart', 'orders.order-changed', 'orders.purchase'])
    }))

  it('places nothing where it does not stand as it was seen, or the decision throws', () =>
    withBook(async (harness) => {
      const { checkouts, orders, sent } = harness
      const seen = await checkouts.begin(aCheckout('c1'), noon)
      const refused = checkouts.place(seen, bought(seen.checkout), () => {
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      expect(await checkouts.read('c1')).toEqual(seen)
      const next = await checkouts.advance(seen, reserved(seen.checkout), noon)
      expect(await place(harness, seen)).toEqual(next)
      expect([await orders.count(), await sent()]).toEqual([0, []])
    }))

  it('places once, however many do at once', () =>
    withBook(async (harness) => {
      const seen = await harness.checkouts.begin(aCheckout('c1'), noon)
      await Promise.all(Array.from({ length: 6 }, () => place(harness, seen)))
      const orders = (await harness.sent()).filter(({ schema }) => schema.startsWith('orders.order-changed'))
      expect(orders).toHaveLength(1)
    }))

  it('tells what is due, the longest first, until it has ended', () =>
    withBook(async ({ checkouts }) => {
      const later = await checkouts.begin(aCheckout('later'), noon + 20)
      const sooner = await checkouts.begin(aCheckout('sooner'), noon + 10)
      const due = async (now: number) => (await checkouts.due(now, 10)).map(({ checkout }) => checkout.checkoutId)
      expect([await due(noon + 9), await due(noon + 10), await due(noon + 20)]).toEqual([
        [],
        ['sooner'],
        ['sooner', 'later'],
      ])
      expect(await checkouts.due(noon + 20, 1)).toEqual([sooner])
      const end = ended(later.checkout, { outcome: 'declined', reason: 'no' })
      await checkouts.advance(later, end, noon)
      await checkouts.advance(sooner, reserved(sooner.checkout), noon + 30)
      expect([await due(noon + 29), await due(noon + 30)]).toEqual([[], ['sooner']])
      expect(await checkouts.unfinished()).toBe(1)
    }))

  it('lets one of several take a checkout up', () =>
    withBook(async ({ checkouts }) => {
      const seen = await checkouts.begin(aCheckout('c1'), noon)
      const taken = await Promise.all([1, 2, 3].map(() => checkouts.postpone(seen, noon + 10)))
      expect(taken.filter(Boolean)).toHaveLength(1)
      expect(await checkouts.due(noon + 9, 5)).toEqual([])
      expect(await checkouts.read('c1')).toEqual({ ...seen, version: 2 })
    }))

  it('is durable', async () => {
    const before = await open()
    const seen = await before.checkouts.begin(aCheckout('c1'), noon)
    const next = await before.checkouts.advance(seen, reserved(seen.checkout), noon)
    const after = await before.reopen()
    expect(await after.checkouts.read('c1')).toEqual(next)
    await after.close()
  })
}
