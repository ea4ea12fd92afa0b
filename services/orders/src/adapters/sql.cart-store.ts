import { cartAction } from '@eip/contracts'
import type { Database, MigrationSet, Outbox, Transaction } from '@eip/database'
import { type CartLine, decideLine } from '../domain/cart.ts'
import type { CartStore } from '../ports/cart-store.port.ts'

export type CartTables = {
  cart: { cart_id: string; version: number }
  /** `place`: the cart's version when the product first came into it. */
  cart_line: { cart_id: string; product_id: string; quantity: number; place: number }
}

export const cartStoreMigrations: MigrationSet = Object.freeze({
  owner: 'orders-carts',
  migrations: [
    {
      name: '0001-carts',
      sql: `
        CREATE TABLE cart (cart_id TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE cart_line (
          cart_id TEXT NOT NULL,
          product_id TEXT NOT NULL,
          quantity INTEGER NOT NULL,
          place INTEGER NOT NULL,
          PRIMARY KEY (cart_id, product_id)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

export type SqlCartStoreOptions<Tx extends Transaction<CartTables>> = Readonly<{
  /** With `cartStoreMigrations` and the outbox's among its migrations. */
  database: Database<CartTables, Tx>
  outbox: Outbox<NoInfer<Tx>>
}>

type Query = Transaction<CartTables>['query']

const linesIn = (query: Query, cartId: string): Promise<CartLine[]> =>
  query
    .selectFrom('cart_line')
    .select(['product_id as productId', 'quantity'])
    .where('cart_id', '=', cartId)
    .orderBy('place')
    .orderBy('product_id')
    .execute()

/** The cart's next version; nobody else changes the cart until the transaction has ended. */
async function nextVersion(query: Query, cartId: string): Promise<number> {
  const insert = query.insertInto('cart').values({ cart_id: cartId, version: 1 })
  const next = insert.onConflict((conflict) =>
    conflict.column('cart_id').doUpdateSet((given) => ({ version: given('cart.version', '+', 1) })),
  )
  return (await next.returning('version').executeTakeFirstOrThrow()).version
}

async function writeLine(query: Query, cartId: string, { productId, quantity }: CartLine, place: number) {
  if (quantity === 0) {
    const removal = query.deleteFrom('cart_line').where('cart_id', '=', cartId).where('product_id', '=', productId)
    await removal.execute()
    return
  }
  const insert = query.insertInto('cart_line').values({ cart_id: cartId, product_id: productId, quantity, place })
  await insert.onConflict((conflict) => conflict.columns(['cart_id', 'product_id']).doUpdateSet({ quantity })).execute()
}

/** Takes out what was bought, in the buyer's own transaction; what came in meanwhile stays. */
export async function takeOut(query: Query, cartId: string, bought: readonly CartLine[]): Promise<void> {
  const place = await nextVersion(query, cartId)
  const held = await linesIn(query, cartId)
  for (const { productId, quantity } of bought) {
    const line = held.find((each) => each.productId === productId)
    if (line === undefined) continue
    await writeLine(query, cartId, { productId, quantity: Math.max(0, line.quantity - quantity) }, place)
  }
}

export function sqlCartStore<Tx extends Transaction<CartTables>>({
  database,
  outbox,
}: SqlCartStoreOptions<Tx>): CartStore {
  return Object.freeze({
    read: (cartId) => linesIn(database.query, cartId),
    set: (cartId, line, eventOf) =>
      database.transaction(async (tx) => {
        const version = await nextVersion(tx.query, cartId)
        const outcome = decideLine(await linesIn(tx.query, cartId), line)
        if (outcome !== 'set') return outcome
        await writeLine(tx.query, cartId, line, version)
        await outbox.add(tx, cartAction, [eventOf(version)])
        return outcome
      }),
  } satisfies CartStore)
}
