import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { productIdSchema } from './product.ts'

export const inventoryFailure = failures({
  'inventory.no-such-stock': {
    kind: 'not-found',
    cure: 'Receive stock of the product first: POST /api/v1/stock/receipts.',
  },
  'inventory.no-such-reservation': {
    kind: 'not-found',
    cure: 'Reserve first; reservations are named by who makes them.',
  },
  'inventory.operation-differs': {
    kind: 'conflict',
    cure: 'Give every operation an id of its own; the same id means the same operation.',
  },
  'inventory.below-zero': { kind: 'invalid', cure: 'Take away no more than is on hand and not reserved.' },
  'inventory.bad-time': {
    kind: 'invalid',
    cure: 'Give a time that is not in the future and not before the platform began, or leave it out.',
  },
})

/** Where stock lies: a warehouse, or a seller who ships by himself. */
const placeSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'has control characters')
export const defaultPlace = 'main'

const operationId = z
  .string()
  .regex(/^[\w.:/-]{1,200}$/, 'must be letters, digits and "._:/-", at most 200')
  .describe('Names the operation: given again, it changes nothing more.')
const most = 'must be 1,000,000,000 or less'
const units = z.int('must be a whole number').min(1, 'must be 1 or more').max(1_000_000_000, most)
const note = z.string().trim().max(500)

/** `refused`: a reservation that stock did not meet; it takes nothing, and tells of demand. */
export const stockReasons = ['received', 'reserved', 'deducted', 'restored', 'adjusted', 'refused'] as const
export type StockReason = (typeof stockReasons)[number]

/** Units. `atp` = onHand − reserved, what can still be promised. */
const amountsSchema = z.object({ onHand: z.int(), reserved: z.int(), atp: z.int() })
export type StockAmounts = Readonly<z.infer<typeof amountsSchema>>

/**
 * A product's stock as it now is.
 * `dailySales`: units a day to be expected, from confirmed deductions; null before anything was sold or foretold.
 * `daysOfCover` = atp ÷ dailySales; null where nothing is expected to be sold.
 * `demand`: units that were asked for since ever, and those of them that stock did not meet.
 */
export const productStockSchema = amountsSchema.extend({
  productId: z.string(),
  dailySales: z.number().nullable(),
  daysOfCover: z.number().nullable(),
  /** At or below this the product is low: set by hand, else `lowStockDays` of sales; null: neither. */
  lowStockAt: z.int().nullable(),
  isLow: z.boolean(),
  /** Whether any of it was generated for a data set that has no stock. */
  isGenerated: z.boolean(),
  demand: z.object({ asked: z.int(), unmet: z.int() }),
})
export type ProductStock = Readonly<z.infer<typeof productStockSchema>>

/** Days of sales that low stock means where no threshold was set by hand. */
export const lowStockDays = 7

const stockChangedSchema = productStockSchema.extend({
  change: z.object({
    operationId: z.string(),
    // Open by law: a reason of tomorrow is kept.
    reason: z.string(),
    quantity: z.int(),
    before: amountsSchema,
    after: amountsSchema,
  }),
})
export type StockChanged = Readonly<z.infer<typeof stockChangedSchema>>

/** The whole stock of a product with the change that led to it. Key: the product id. */
export const stockChanged: Topic<StockChanged> = Object.freeze({
  name: 'inventory.stock-changed',
  kind: 'state',
  schema: 'inventory.stock-changed/1',
  payload: z.looseObject(stockChangedSchema.shape) as unknown as z.ZodType<StockChanged>,
})

const placedLineSchema = z.object({
  productId: productIdSchema,
  place: placeSchema.default(defaultPlace),
  quantity: units,
})

const ledgerEntrySchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  operationId: z.string(),
  productId: z.string(),
  place: z.string(),
  reason: z.enum(stockReasons),
  /** What the entry adds to each; the sums over all entries are the stock. */
  onHand: z.int(),
  reserved: z.int(),
  note: z.string(),
  by: z.string(),
  isGenerated: z.boolean(),
})
export type LedgerEntry = Readonly<z.infer<typeof ledgerEntrySchema>>

const by = z.string().min(1).max(200)
const reservationId = operationId

/** One row of a file of stock: what is counted on the shelf, in place of what was known of that place. */
export const stockRowSchema = z.object({
  productId: productIdSchema,
  place: placeSchema.default(defaultPlace),
  onHand: z.int('must be a whole number').min(0, 'must be 0 or more').max(1_000_000_000, most),
  lowStockAt: z.int().min(0).max(1_000_000_000).nullable().default(null),
  /** What is expected to be sold in a day, until sales tell. */
  dailySales: z.number().min(0).max(1_000_000).nullable().default(null),
})
export type StockRow = Readonly<z.infer<typeof stockRowSchema>>

const rejectedStockSchema = z.object({
  index: z.int(),
  productId: z.string().nullable(),
  field: z.string(),
  reason: z.string(),
})

export const reservationStates = ['held', 'confirmed', 'released', 'expired'] as const

export const inventoryContract = {
  /** Adds goods that came in. Fails with `inventory.operation-differs`. */
  receive: oc
    .input(z.object({ operationId, lines: z.array(placedLineSchema).min(1).max(1_000), note: note.default(''), by }))
    .output(z.object({ outcome: z.enum(['received', 'repeated']), stock: z.array(productStockSchema) })),
  /** Adds to or takes from what is on hand, with the reason why. Fails with `inventory.below-zero` or `inventory.operation-differs`. */
  adjust: oc
    .input(
      z.object({
        operationId,
        productId: productIdSchema,
        place: placeSchema.default(defaultPlace),
        quantity: z
          .int('must be a whole number')
          .min(-1_000_000_000, 'must be -1,000,000,000 or more')
          .max(1_000_000_000, most)
          .refine((quantity) => quantity !== 0, 'must not be 0'),
        note: note.min(1, 'must say why'),
        by,
      }),
    )
    .output(z.object({ outcome: z.enum(['adjusted', 'repeated']), stock: productStockSchema })),
  /**
   * Counts of up to 1,000 places, a row at a time: a bad row is answered with its reason and holds no other back. What is counted
   * below what is reserved is refused. `isGenerated` marks what was not counted but made up.
   */
  countStock: oc
    .input(
      z.object({
        operationId,
        rows: z.array(z.record(z.string(), z.unknown())).min(1).max(1_000),
        isGenerated: z.boolean().default(false),
        by,
      }),
    )
    .output(z.object({ changed: z.int(), unchanged: z.int(), rejected: z.array(rejectedStockSchema) })),
  /**
   * Holds all lines until they are confirmed or released, or the time is over; or none of them. The same reservation again answers
   * the same. Fails with `inventory.operation-differs` where it was made of other lines.
   */
  reserve: oc
    .input(
      z.object({
        reservationId,
        lines: z
          .array(z.object({ productId: productIdSchema, quantity: units }))
          .min(1)
          .max(200),
        ttlSeconds: z.int().min(1).max(86_400).default(900),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('reserved'), expiresAt: z.iso.datetime() }),
        z.object({
          outcome: z.literal('insufficient'),
          lines: z.array(z.object({ productId: z.string(), wanted: z.int(), available: z.int() })),
        }),
        /** It was ended before, and is not made again under this id. */
        z.object({ outcome: z.enum(['confirmed', 'released', 'expired']) }),
      ]),
    ),
  /**
   * The goods leave: they are on hand no more. `expired`, `released`: nothing left. Confirming again answers `confirmed`. Fails with
   * `inventory.no-such-reservation`.
   */
  confirm: oc
    .input(z.object({ reservationId }))
    .output(z.object({ outcome: z.enum(['confirmed', 'expired', 'released']) })),
  /**
   * The goods are free again. A reservation that never came is remembered as released, so that it cannot come later. One that was
   * confirmed stays: its goods come back by `restore`.
   */
  release: oc
    .input(z.object({ reservationId }))
    .output(z.object({ outcome: z.enum(['released', 'confirmed', 'expired']) })),
  /**
   * Goods of a confirmed reservation come back. No more comes back than left: what is too much is answered as `refused`. Fails with
   * `inventory.no-such-reservation` or `inventory.operation-differs`.
   */
  restore: oc
    .input(
      z.object({
        operationId,
        reservationId,
        lines: z
          .array(z.object({ productId: productIdSchema, quantity: units }))
          .min(1)
          .max(200),
        by,
      }),
    )
    .output(
      z.object({
        outcome: z.enum(['restored', 'repeated', 'refused']),
        refused: z.array(z.object({ productId: z.string(), quantity: z.int(), reason: z.string() })),
      }),
    ),
  /** null: back to what the sales say. Fails with `inventory.no-such-stock`. */
  setThreshold: oc
    .input(z.object({ productId: productIdSchema, lowStockAt: z.int().min(0).max(1_000_000_000).nullable() }))
    .output(productStockSchema),
  /** Products that have no stock have none of it, and are left out. */
  getStock: oc
    .input(z.object({ productIds: z.array(z.string().min(1).max(512)).min(1).max(1_000) }))
    .output(z.object({ stock: z.array(productStockSchema) })),
  /** By product id, page by page; `places` tells where it lies. */
  listStock: oc
    .input(
      z.object({
        after: z.string().max(512).optional(),
        limit: z.int().min(1).max(1_000).default(100),
        onlyLow: z.boolean().default(false),
      }),
    )
    .output(z.object({ stock: z.array(productStockSchema), next: z.string().nullable() })),
  /** Newest first, of one product. */
  listLedger: oc
    .input(
      z.object({
        productId: z.string().min(1).max(512),
        before: z.int().min(1).optional(),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(
      z.object({
        entries: z.array(ledgerEntrySchema),
        places: z.array(z.object({ place: z.string(), onHand: z.int(), reserved: z.int() })),
        /** Whether the sum of the ledger is the stock. */
        isBalanced: z.boolean(),
      }),
    ),
  /** `unbalanced`: products whose ledger does not sum to their stock; more than 0 is a fault of the program. */
  statistics: oc.input(z.object({})).output(
    z.object({
      products: z.int(),
      outOfStock: z.int(),
      low: z.int(),
      heldReservations: z.int(),
      unbalanced: z.int(),
      unpublishedEvents: z.int(),
    }),
  ),
  /** Versions of the products' stock with what the serving view is to show of it; as the catalogue's `listVersions`. */
  listStockVersions: oc
    .input(
      z.object({
        ids: z.array(z.string().min(1).max(512)).max(1_000).optional(),
        after: z.string().max(512).optional(),
        limit: z.int().min(1).max(1_000).default(1_000),
      }),
    )
    .output(
      z.object({
        versions: z.array(
          z.object({ id: z.string(), version: z.int(), atp: z.int(), daysOfCover: z.number().nullable() }),
        ),
        next: z.string().nullable(),
      }),
    ),
  /** Publishes stock once more as it is, with a version above `above`; of a product that was never counted, that there is none. */
  republishStock: oc
    .input(
      z.object({
        products: z
          .array(z.object({ id: z.string().min(1).max(512), above: z.int().min(0) }))
          .min(1)
          .max(1_000),
      }),
    )
    .output(z.object({ republished: z.int() })),
}

export type InventoryContract = typeof inventoryContract
