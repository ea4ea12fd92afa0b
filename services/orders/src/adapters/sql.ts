import { cartStoreMigrations } from './sql.cart-store.ts'
import { type CheckoutBookTables, checkoutBookMigrations } from './sql.checkout-book.ts'
import { orderStoreMigrations } from './sql.order-tables.ts'
import { type PriceTables, priceBookMigrations } from './sql.price-book.ts'
import { type StubPaymentTables, stubPaymentMigrations } from './stub.payment.ts'

export { type CartTables, cartStoreMigrations, sqlCartStore } from './sql.cart-store.ts'
export {
  type CheckoutBookTables,
  type CheckoutTables,
  checkoutBookMigrations,
  sqlCheckoutBook,
} from './sql.checkout-book.ts'
export { sqlOrderStore } from './sql.order-store.ts'
export { type OrderTables, orderStoreMigrations } from './sql.order-tables.ts'
export { type PriceTables, priceBookMigrations, sqlPriceBook } from './sql.price-book.ts'
export { type StubPaymentTables, stubPayment, stubPaymentMigrations } from './stub.payment.ts'

/** All that the service keeps; the outbox's tables come besides. */
export type OrdersTables = CheckoutBookTables & PriceTables & StubPaymentTables

export const ordersMigrations = Object.freeze([
  ...[orderStoreMigrations, cartStoreMigrations, checkoutBookMigrations],
  ...[priceBookMigrations, stubPaymentMigrations],
])
