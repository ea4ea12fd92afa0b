import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { moneySchema } from './money.ts'
import { productIdSchema } from './product.ts'
import { regionSchema } from './region.ts'

export const ordersFailure = failures({
  'orders.no-such-order': {
    kind: 'not-found',
    cure: 'List the orders; an order is shown to its customer and to operators.',
  },
  'orders.unknown-product': {
    kind: 'invalid',
    cure: 'Put products into the cart that the catalogue sells and that have a price.',
  },
  'orders.empty-cart': { kind: 'invalid', cure: 'Put something into the cart first.' },
  'orders.mixed-currencies': { kind: 'invalid', cure: 'Order products of one currency at a time.' },
  'orders.cart-full': { kind: 'invalid', cure: 'Order what is in the cart first: it takes 100 different products.' },
  'orders.checkout-differs': { kind: 'conflict', cure: 'Begin a new checkout: this id was used for another cart.' },
  'orders.wrong-state': {
    kind: 'conflict',
    cure: 'Look at the state of the order; a step that was taken stays taken.',
  },
  'orders.not-ready': { kind: 'unavailable', cure: 'Try again in a moment: nothing was taken.' },
  'orders.too-many-returned': { kind: 'invalid', cure: 'Return no more than was delivered and not returned yet.' },
  'orders.bad-time': {
    kind: 'invalid',
    cure: 'Give a time that is not in the future, and not before the step that it follows.',
  },
})

export const orderStates = ['placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returned'] as const
export type OrderState = (typeof orderStates)[number]

const customer = z
  .string()
  .regex(/^[\w.@-]{1,128}$/, 'must be letters, digits and ".@_-", at most 128')
  .describe('A pseudonym; never a name or an address.')
const orderId = z.string().regex(/^[\w.-]{1,128}$/, 'must be letters, digits and "._-", at most 128')
const quantity = z.int('must be a whole number').min(1, 'must be 1 or more').max(10_000, 'must be 10,000 or less')

const lineSchema = z.object({
  productId: z.string(),
  quantity: z.int(),
  returned: z.int(),
  unitPrice: moneySchema,
  /** As the catalogue had them when it was ordered. */
  title: z.string(),
  seller: z.string().nullable(),
  categoryPath: z.array(z.string()),
  /** Where it is shipped from; null: not known. */
  sellerRegion: z.string().nullable(),
})
export type OrderLine = Readonly<z.infer<typeof lineSchema>>

const time = z.int().nonnegative()

/** Times in milliseconds since the epoch; null: has not happened, or is not known. */
const timesSchema = z.object({
  placedAt: time,
  paidAt: time.nullable(),
  shippedAt: time.nullable(),
  deliveredAt: time.nullable(),
  cancelledAt: time.nullable(),
  returnedAt: time.nullable(),
  /** The day by which the customer was promised to have it. */
  promisedAt: time.nullable(),
})

export const orderSchema = z.object({
  orderId: z.string(),
  state: z.enum(orderStates),
  customer: z.string(),
  region: z.string().nullable(),
  lines: z.array(lineSchema),
  total: moneySchema,
  ...timesSchema.shape,
  /** Why it was cancelled or returned; empty where nobody said. */
  reason: z.string(),
  /** 1 to 5 stars. */
  review: z.object({ score: z.int().min(1).max(5), at: time }).nullable(),
  /** `import`: history of another system; it touches no stock. */
  source: z.enum(['checkout', 'import']),
  /** How much it counts in rates: less than 1 where a sample of a history kept more of its kind than of others. */
  weight: z.number(),
})
export type Order = Readonly<z.infer<typeof orderSchema>>

/** The whole order as it now is. Key: the order id. Its stock is reserved under the same id. */
export const orderChanged: Topic<Order> = Object.freeze({
  name: 'orders.order-changed',
  kind: 'state',
  schema: 'orders.order-changed/1',
  payload: z.looseObject(orderSchema.shape) as unknown as z.ZodType<Order>,
})

const purchaseSchema = z.object({
  orderId: z.string(),
  customer: z.string(),
  region: z.string().nullable(),
  lines: z.array(z.object({ productId: z.string(), quantity: z.int(), unitPrice: moneySchema })),
  total: moneySchema,
})
export type Purchase = Readonly<z.infer<typeof purchaseSchema>>

/** An order that was paid. Key: the customer. */
export const purchase: Topic<Purchase> = Object.freeze({
  name: 'purchase',
  kind: 'behaviour',
  schema: 'orders.purchase/1',
  payload: z.looseObject(purchaseSchema.shape) as unknown as z.ZodType<Purchase>,
})

const cartActionSchema = z.object({
  cartId: z.string(),
  productId: z.string(),
  /** What the cart then holds of it; 0: it was taken out. */
  quantity: z.int(),
})
export type CartAction = Readonly<z.infer<typeof cartActionSchema>>

/** A shopper put something into the cart, or took it out. Key: the cart. */
export const cartAction: Topic<CartAction> = Object.freeze({
  name: 'cart',
  kind: 'behaviour',
  schema: 'orders.cart/1',
  payload: z.looseObject(cartActionSchema.shape) as unknown as z.ZodType<CartAction>,
})

export const cartSchema = z.object({
  cartId: z.string(),
  lines: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      quantity: z.int(),
      /** null: it is not sold any more. */
      unitPrice: moneySchema.nullable(),
    }),
  ),
  /** null: there is nothing that can be bought, or several currencies. */
  total: moneySchema.nullable(),
})
export type Cart = Readonly<z.infer<typeof cartSchema>>

const cartId = z.string().regex(/^[\w-]{16,128}$/, 'must be 16 to 128 letters, digits, "_" and "-"')

/** One order of another system's history; what is not known is null. */
export const importedOrderSchema = z.object({
  orderId,
  customer,
  region: regionSchema.nullable(),
  state: z.enum(orderStates),
  ...timesSchema.shape,
  reason: z.string().max(500).default(''),
  review: z.object({ score: z.int().min(1).max(5), at: time }).nullable(),
  weight: z.number().gt(0, 'must be more than 0').max(1, 'must be 1 or less').default(1),
  lines: z
    .array(
      z.object({
        productId: productIdSchema,
        quantity,
        returned: z.int().min(0).default(0),
        unitPrice: moneySchema,
        seller: z.string().max(200).nullable(),
        sellerRegion: regionSchema.nullable(),
        categoryPath: z.array(z.string().max(200)).max(12),
        title: z.string().max(2_000).default(''),
      }),
    )
    .min(1)
    .max(200),
})
export type ImportedOrder = Readonly<z.infer<typeof importedOrderSchema>>

const at = time.optional().describe('When it happened, in milliseconds since the epoch; now where absent.')
const pageAsked = { before: z.string().max(200).optional(), limit: z.int().min(1).max(200).default(50) }
const orderPage = z.object({ orders: z.array(orderSchema), next: z.string().nullable() })
const repurchaseFact = z.object({ intervals: z.int(), medianDays: z.number().nullable() })

export const ordersContract = {
  getCart: oc.input(z.object({ cartId })).output(cartSchema),
  /** `quantity` 0 takes it out. Fails with `orders.unknown-product` or `orders.cart-full`. */
  setCartLine: oc
    .input(z.object({ cartId, productId: productIdSchema, quantity: z.int().min(0).max(10_000) }))
    .output(cartSchema),
  /**
   * Buys what is in the cart, at the prices that orders knows; the same id again answers what became of it.
   * `insufficient`: stock does not meet it, and nothing was taken. `declined`: the payment was refused, and nothing was taken.
   * `repriced`: `expected` is not the total any more; nothing was taken. `pending`: it is not known yet how it ends; ask again.
   * Fails with `orders.empty-cart`, `orders.unknown-product`, `orders.mixed-currencies`, `orders.checkout-differs`, `orders.not-ready`.
   */
  checkout: oc
    .input(
      z.object({
        checkoutId: orderId,
        cartId,
        customer,
        region: regionSchema.nullable().default(null),
        /** What the shopper was shown. */
        expected: moneySchema,
        /** By the payment provider; the stub declines `declined`, and times out on `timeout`. */
        paymentToken: z.string().min(1).max(500),
        promisedAt: time.nullable().default(null),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('placed'), order: orderSchema }),
        z.object({
          outcome: z.literal('insufficient'),
          lines: z.array(z.object({ productId: z.string(), wanted: z.int(), available: z.int() })),
        }),
        z.object({ outcome: z.literal('repriced'), total: moneySchema }),
        z.object({ outcome: z.literal('declined'), reason: z.string() }),
        z.object({ outcome: z.literal('pending') }),
      ]),
    ),
  /** Fails with `orders.no-such-order`, also where it is another customer's. */
  getOrder: oc.input(z.object({ orderId, customer: customer.optional() })).output(orderSchema),
  /** Newest first; of one customer, or of all. */
  listOrders: oc
    .input(z.object({ customer: customer.optional(), state: z.enum(orderStates).optional(), ...pageAsked }))
    .output(orderPage),
  /** Each step fails with `orders.no-such-order`, `orders.wrong-state` or `orders.bad-time`; taken again, it changes nothing. */
  shipOrder: oc.input(z.object({ orderId, at })).output(orderSchema),
  deliverOrder: oc.input(z.object({ orderId, at })).output(orderSchema),
  cancelOrder: oc.input(z.object({ orderId, reason: z.string().trim().max(500).default(''), at })).output(orderSchema),
  /** Lines that come back; without them, all. Fails with `orders.too-many-returned` too. */
  returnOrder: oc
    .input(
      z.object({
        orderId,
        lines: z
          .array(z.object({ productId: productIdSchema, quantity }))
          .max(200)
          .optional(),
        reason: z.string().trim().max(500).default(''),
        at,
      }),
    )
    .output(orderSchema),
  reviewOrder: oc.input(z.object({ orderId, customer, score: z.int().min(1).max(5), at })).output(orderSchema),
  /** History, a row at a time: a bad one is answered with its reason. An order that says the same as before changes nothing. */
  importOrders: oc.input(z.object({ orders: z.array(z.record(z.string(), z.unknown())).min(1).max(500) })).output(
    z.object({
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      rejected: z.array(
        z.object({ index: z.int(), orderId: z.string().nullable(), field: z.string(), reason: z.string() }),
      ),
    }),
  ),
  /** How many days lie between two purchases of the same product, and of the same category, by the same customer. */
  repurchaseFacts: oc
    .input(z.object({ productId: productIdSchema.optional(), category: z.string().max(3_000).optional() }))
    .output(z.object({ product: repurchaseFact.nullable(), category: repurchaseFact.nullable() })),
  /** `unfinished`: checkouts whose end is not known yet. */
  statistics: oc
    .input(z.object({}))
    .output(z.object({ orders: z.int(), unfinished: z.int(), pricedProducts: z.int(), unpublishedEvents: z.int() })),
}

export type OrdersContract = typeof ordersContract
