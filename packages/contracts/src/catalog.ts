import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { type Product, productIdSchema, productSchema } from './product.ts'

export const catalogFailure = failures({
  'catalog.not-found': { kind: 'not-found', cure: 'Check the product id; deleted products are not returned.' },
})

const maximumBatch = 1_000

/** One row that was not taken, with the field and the reason; the other rows of its batch went in. */
const rejectedRowSchema = z.object({ index: z.int(), id: z.string().nullable(), field: z.string(), reason: z.string() })

export const catalogContract = {
  /** Adds or replaces products, a row at a time: a bad row is answered with its reason and holds no other back. Unchanged rows change nothing. */
  upsertProducts: oc
    .input(z.object({ products: z.array(z.record(z.string(), z.unknown())).min(1).max(maximumBatch) }))
    .output(
      z.object({
        created: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        rejected: z.array(rejectedRowSchema),
      }),
    ),
  /** Deletes products; ids that are not there count as `absent`. */
  deleteProducts: oc
    .input(z.object({ ids: z.array(productIdSchema).min(1).max(maximumBatch) }))
    .output(z.object({ deleted: z.int(), absent: z.int() })),
  /** One product with its version. Fails with `catalog.not-found`. */
  getProduct: oc
    .input(z.object({ id: z.string().min(1).max(512) }))
    .output(z.object({ product: productSchema, version: z.int() })),
  /** `unpublishedEvents`: changes that are stored and not yet on the bus. */
  statistics: oc
    .input(z.object({}))
    .output(z.object({ products: z.int(), active: z.int(), unpublishedEvents: z.int() })),
}

export type CatalogContract = typeof catalogContract

/** The whole product as it now is, or `deleted`. Key: the product id. */
export const productChanged: Topic<Product> = Object.freeze({
  name: 'catalog.product-changed',
  kind: 'state',
  schema: 'catalog.product-changed/1',
  // Loose by law: a reader of today does not drop what a writer of tomorrow adds.
  payload: z.looseObject(productSchema.shape) as unknown as z.ZodType<Product>,
})
