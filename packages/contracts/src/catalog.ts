import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { type Product, productIdSchema, productSchema } from './product.ts'
import {
  importOptionsSchema,
  importRejectionSchema,
  largestImport,
  largestImportChunk,
  productImportSchema,
} from './product-import.ts'

export const catalogFailure = failures({
  'catalog.not-found': { kind: 'not-found', cure: 'Check the product id; deleted products are not returned.' },
  'catalog.no-such-import': { kind: 'not-found', cure: 'List the imports at GET /api/v1/imports.' },
  'catalog.import-out-of-step': { kind: 'conflict', cure: 'Go on at the offset that the import names as received.' },
  'catalog.import-over': { kind: 'conflict', cure: 'Begin a new import.' },
  'catalog.bad-import': { kind: 'invalid', cure: 'Send JSON lines, plain or gzip; see pipelines/products/README.md.' },
})

const maximumBatch = 1_000

/** One row that was not taken, with the field and the reason; the other rows of its batch went in. */
const rejectedRowSchema = z.object({ index: z.int(), id: z.string().nullable(), field: z.string(), reason: z.string() })

/** Ids to ask for, or a page of all of them. */
export const versionsAskedSchema = z.object({
  ids: z.array(z.string().min(1).max(512)).max(maximumBatch).optional(),
  after: z.string().max(512).optional(),
  limit: z.int().min(1).max(maximumBatch).default(maximumBatch),
})

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
  /**
   * Where ids stand, deleted ones too: those of `ids`, else the next `limit` of all after the id `after`; `next` is the one to go
   * on after. `hash`: the beginning of the content's; null once it was deleted.
   */
  listVersions: oc.input(versionsAskedSchema).output(
    z.object({
      versions: z.array(
        z.object({ id: z.string(), version: z.int(), hash: z.string().nullable(), isActive: z.boolean() }),
      ),
      next: z.string().nullable(),
    }),
  ),
  /**
   * Publishes products once more as they are, with a version above `above`: the greatest that a reader holds, 0 if none. Of ids that
   * there is no product of it publishes that (`withdrawn`). `changed` moved on meanwhile, and were published with that.
   */
  republishProducts: oc
    .input(
      z.object({
        products: z
          .array(z.object({ id: z.string().min(1).max(512), above: z.int().min(0) }))
          .min(1)
          .max(maximumBatch),
      }),
    )
    .output(z.object({ republished: z.int(), withdrawn: z.int(), changed: z.int() })),
  /** Begins to receive a file of products (JSON lines, plain or gzip). Fails with `catalog.bad-import`. */
  beginImport: oc
    .input(
      z.object({
        fileName: z.string().trim().min(1).max(200),
        bytes: z.int().min(1).max(largestImport),
        options: importOptionsSchema,
        by: z.string().min(1).max(200),
      }),
    )
    .output(productImportSchema),
  /**
   * The next bytes of the file, in order. Bytes that have come already are let pass, so that a call may be repeated; the
   * last ones start the import, one file after the other. Fails with `catalog.no-such-import`,
   * `catalog.import-out-of-step` or `catalog.import-over`.
   */
  appendImport: oc
    .input(
      z.object({
        id: z.string().max(64),
        offset: z.int().min(0),
        data: z.base64().max((largestImportChunk * 4) / 3 + 4),
      }),
    )
    .output(productImportSchema),
  /** What was loaded stays. Fails with `catalog.no-such-import` or `catalog.import-over`. */
  cancelImport: oc.input(z.object({ id: z.string().max(64) })).output(productImportSchema),
  /** The newest hundred, newest first. */
  listImports: oc.input(z.object({})).output(z.object({ imports: z.array(productImportSchema) })),
  getImport: oc.input(z.object({ id: z.string().max(64) })).output(productImportSchema),
  /** Rows that did not go in, in the file's order. */
  rejectedRows: oc
    .input(
      z.object({
        id: z.string().max(64),
        offset: z.int().min(0).default(0),
        size: z.int().min(1).max(1_000).default(100),
      }),
    )
    .output(z.object({ rows: z.array(importRejectionSchema), total: z.int() })),
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
