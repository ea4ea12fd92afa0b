import { z } from 'zod'

export const importStates = ['receiving', 'waiting', 'running', 'done', 'failed', 'cancelled'] as const

/** How rows are to be read; the same words as `eip import products`. */
export const importOptionsSchema = z.object({
  /** Currency of rows that name none (ISO 4217). */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
    .optional(),
  /** Language of rows that name none (ISO 639). */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be an ISO 639 code such as en, pt or ko')
    .optional(),
  /** `FIELD=SOURCE`: take a field of ours from a field of the file. */
  map: z.array(z.string().min(3).max(200)).max(100).default([]),
  /** Fields of the file to leave out; `*` for all unknown ones. */
  ignore: z.array(z.string().min(1).max(200)).max(100).default([]),
})

/** One file of products on its way into the catalogue. Each row is counted once. */
export const productImportSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  /** Size of the file, and how much of it has come. */
  bytes: z.int(),
  received: z.int(),
  options: importOptionsSchema,
  state: z.enum(importStates),
  /** While it runs: what it does, and the share of that which is done, in [0, 1]. */
  phase: z.enum(['hashing', 'reading', 'loading']).nullable(),
  share: z.number(),
  rows: z.object({
    read: z.int(),
    kept: z.int(),
    setAside: z.int(),
    duplicates: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
  }),
  /** Fields mended, by what was wrong with them. */
  repaired: z.record(z.string(), z.int()),
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Why it failed, or where the file broke off. */
  trouble: z.string().nullable(),
})
export type ProductImport = Readonly<z.infer<typeof productImportSchema>>

/** A row that did not go in. `line` counts from 1; `text` is cut at 1,000 characters. */
export const importRejectionSchema = z.object({
  line: z.int(),
  field: z.string(),
  reason: z.string(),
  text: z.string(),
})
export type ImportRejection = Readonly<z.infer<typeof importRejectionSchema>>

/** Bytes of a file in one call, at most: base64 of it stays below the largest body. */
export const largestImportChunk = 4 * 2 ** 20
export const largestImport = 4 * 2 ** 30
