import { join } from 'node:path'
import type { Envelope } from '@eip/contracts'
import { outboxMigrations } from '@eip/database'
import { postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { type TemporarySchema, temporarySchema } from '@eip/database/testing'
import { type TemporaryDirectory, temporaryDirectory, testEngines } from '@eip/testkit'
import { describe } from 'vitest'
import {
  type OrdersTables,
  ordersMigrations,
  sqlCartStore,
  sqlCheckoutBook,
  sqlOrderStore,
  sqlPriceBook,
  stubPayment,
} from '../adapters/sql.ts'
import type { CartStore } from '../ports/cart-store.port.ts'
import type { CheckoutBook } from '../ports/checkout-book.port.ts'
import type { OrderStore } from '../ports/order-store.port.ts'
import type { Payment } from '../ports/payment.port.ts'
import type { PriceBook } from '../ports/price-book.port.ts'

/** All ports on one database, as the service has them. */
export type Stores = Readonly<{
  orders: OrderStore
  carts: CartStore
  prices: PriceBook
  checkouts: CheckoutBook
  payment: Payment
  /** All that the outbox holds, in order. */
  sent(): Promise<readonly Envelope[]>
  /** The same data in a new life; what was open before is closed. */
  reopen(): Promise<Stores>
  close(): Promise<void>
}>

async function openIn(folder: TemporaryDirectory): Promise<Stores> {
  const database = await openSqliteDatabase<OrdersTables>({
    file: join(folder.path, 'orders.sqlite'),
    migrations: [outboxMigrations, ...ordersMigrations],
  })
  const outbox = sqliteOutbox(database)
  return {
    orders: sqlOrderStore({ database, outbox }),
    carts: sqlCartStore({ database, outbox }),
    prices: sqlPriceBook(database),
    checkouts: sqlCheckoutBook({ database, outbox }),
    payment: stubPayment(database),
    sent: async () => (await outbox.next(10_000)).map(({ event }) => event),
    async reopen() {
      await database.close()
      return openIn(folder)
    },
    async close() {
      await database.close()
      folder[Symbol.dispose]()
    },
  }
}

const url = testEngines.postgres ?? ''

export const newSchema = () => temporarySchema(url, [...postgresOutboxMigrations, ...ordersMigrations])

/** The stores of one more process. */
export async function joinIn(schema: TemporarySchema) {
  const { database, outbox, sent, leave } = await schema.join<OrdersTables>()
  return {
    orders: sqlOrderStore({ database, outbox }),
    carts: sqlCartStore({ database, outbox }),
    prices: sqlPriceBook(database),
    checkouts: sqlCheckoutBook({ database, outbox }),
    payment: stubPayment(database),
    ...{ sent, leave },
  }
}

async function openOnServer(): Promise<Stores> {
  const schema = await newSchema()
  const harness = async (): Promise<Stores> => {
    const { leave, ...stores } = await joinIn(schema)
    return { ...stores, reopen: () => leave().then(harness), close: schema.dispose }
  }
  return harness()
}

/** Proves `laws` on every database. */
export function onEveryDatabase(laws: (open: () => Promise<Stores>) => void): void {
  describe('sqlite', () => laws(() => openIn(temporaryDirectory())))
  onPostgres(() => laws(openOnServer))
}

export const onPostgres = (laws: () => void) => {
  describe.skipIf(url === '')('postgres (needs TEST_POSTGRES_URL)', laws)
}
