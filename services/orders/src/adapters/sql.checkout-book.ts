import type { Database, MigrationSet, Outbox, Transaction } from '@eip/database'
import type { Checkout, StandingCheckout } from '../domain/checkout.ts'
import type { CheckoutBook } from '../ports/checkout-book.port.ts'
import { type CartTables, takeOut } from './sql.cart-store.ts'
import { type OrderTables, standingsIn } from './sql.order-tables.ts'
import { writeOrders } from './sql.order-writing.ts'

export type CheckoutTables = {
  /** `content` is the checkout as JSON; `due_at` is null once it has ended. */
  checkout: { checkout_id: string; cart_id: string; version: number; due_at: number | null; content: string }
}

export const checkoutBookMigrations: MigrationSet = Object.freeze({
  owner: 'orders-checkouts',
  migrations: [
    {
      name: '0001-checkouts',
      sql: `
        CREATE TABLE checkout (
          checkout_id TEXT PRIMARY KEY,
          cart_id TEXT NOT NULL,
          version INTEGER NOT NULL,
          due_at INTEGER,
          content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX checkout_of_cart ON checkout (cart_id) WHERE due_at IS NOT NULL;
        CREATE INDEX checkout_due ON checkout (due_at) WHERE due_at IS NOT NULL`,
    },
  ],
})

export type CheckoutBookTables = CheckoutTables & CartTables & OrderTables

export type SqlCheckoutBookOptions<Tx extends Transaction<CheckoutBookTables>> = Readonly<{
  /** With the migrations of carts, orders, checkouts and the outbox. */
  database: Database<CheckoutBookTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

type Query = Transaction<CheckoutBookTables>['query']
type Row = CheckoutTables['checkout']

const standingOf = ({ version, content }: Pick<Row, 'version' | 'content'>): StandingCheckout => ({
  ...{ version, checkout: JSON.parse(content) as Checkout },
})

async function read(query: Query, checkoutId: string): Promise<StandingCheckout | null> {
  const asked = query.selectFrom('checkout').select(['version', 'content']).where('checkout_id', '=', checkoutId)
  const row = await asked.executeTakeFirst()
  return row === undefined ? null : standingOf(row)
}

async function openOf(query: Query, cartId: string): Promise<StandingCheckout | null> {
  const open = query.selectFrom('checkout').where('cart_id', '=', cartId).where('due_at', 'is not', null)
  const row = await open.select(['version', 'content']).executeTakeFirst()
  return row === undefined ? null : standingOf(row)
}

/** Whether it still stood as it was seen. An ended one is not due. */
async function write(query: Query, seen: StandingCheckout, next: Checkout, dueAt: number): Promise<boolean> {
  const version = seen.version + 1
  const update = query
    .updateTable('checkout')
    .set({ version, due_at: next.step === 'ended' ? null : dueAt, content: JSON.stringify(next) })
    .where('checkout_id', '=', next.checkoutId)
    .where('version', '=', seen.version)
  return (await update.executeTakeFirstOrThrow()).numUpdatedRows === 1n
}

export function sqlCheckoutBook<Tx extends Transaction<CheckoutBookTables>>({
  database,
  outbox,
}: SqlCheckoutBookOptions<Tx>): CheckoutBook {
  const { query } = database
  const after = async (seen: StandingCheckout, next: Checkout, hasWritten: boolean): Promise<StandingCheckout> =>
    hasWritten ? { checkout: next, version: seen.version + 1 } : (await read(query, next.checkoutId))!
  return Object.freeze({
    async begin(checkout, dueAt) {
      const { checkoutId, cartId } = checkout
      const row = { checkout_id: checkoutId, cart_id: cartId, version: 1, due_at: dueAt }
      const insert = query.insertInto('checkout').values({ ...row, content: JSON.stringify(checkout) })
      for (;;) {
        await insert.onConflict((conflict) => conflict.doNothing()).execute()
        const standing = (await read(query, checkoutId)) ?? (await openOf(query, cartId))
        // None: the one that was in the way has ended meanwhile.
        if (standing !== null) return standing
      }
    },
    read: (checkoutId) => read(query, checkoutId),
    advance: async (seen, next, dueAt) => after(seen, next, await write(query, seen, next, dueAt)),
    async place(seen, end, decide) {
      const { checkoutId, cartId, lines } = end
      const hasWritten = await database.transaction(async (tx) => {
        await tx.lock('shop_order')
        if (!(await write(tx.query, seen, end, 0))) return false
        const before = (await standingsIn(tx.query, [checkoutId])).get(checkoutId) ?? null
        await writeOrders(tx, outbox, [{ before, change: decide(before) }])
        await takeOut(tx.query, cartId, lines)
        return true
      })
      return after(seen, end, hasWritten)
    },
    async postpone(seen, dueAt) {
      const update = query
        .updateTable('checkout')
        .set({ version: seen.version + 1, due_at: dueAt })
        .where('checkout_id', '=', seen.checkout.checkoutId)
        .where('version', '=', seen.version)
        .where('due_at', 'is not', null)
      return (await update.executeTakeFirstOrThrow()).numUpdatedRows === 1n
    },
    async due(now, limit) {
      const asked = query.selectFrom('checkout').select(['version', 'content']).where('due_at', '<=', now)
      return (await asked.orderBy('due_at').limit(limit).execute()).map(standingOf)
    },
    async unfinished() {
      const open = query.selectFrom('checkout').where('due_at', 'is not', null)
      return (await open.select(({ fn }) => fn.countAll<number>().as('open')).executeTakeFirstOrThrow()).open
    },
  } satisfies CheckoutBook)
}
