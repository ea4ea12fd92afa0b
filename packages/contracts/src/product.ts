import { z } from 'zod'
import { moneySchema } from './money.ts'

/** Stands between the names of a category path wherever a path is one text, as in filters and facets. */
export const categoryPathSeparator = ' > '

// Control characters and lone surrogates in keys break logs, files and other systems.
const cleanText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'has a broken character')
const name = (max: number) =>
  cleanText(max).refine((text) => text.trim().length > 0 && !/\p{Cc}/u.test(text), 'is empty or has control characters')

export const productIdSchema = z
  .string()
  .min(1)
  .max(128)
  // A check rather than a pattern: not every reader of the API's description knows Unicode classes.
  .refine((text) => !/[\s\p{Cc}\p{Cs}]/u.test(text), 'must have no spaces or control characters')

const categoryPathSchema = z
  .array(
    name(200).refine((text) => !text.includes(categoryPathSeparator), `must not contain "${categoryPathSeparator}"`),
  )
  .max(12)
  .refine((path) => new Set(path).size === path.length, 'names a category inside itself (a cycle)')

export const ratingSchema = z.object({ average: z.number().min(0).max(5), count: z.int().nonnegative() })
export type Rating = Readonly<z.infer<typeof ratingSchema>>

/**
 * A product as catalog owns it. What a shop does not know is null or empty, never invented.
 * Dates are ISO 8601 in UTC. `categoryPath` goes from the widest to the narrowest category.
 */
export const productSchema = z.object({
  id: productIdSchema,
  title: name(2_000),
  description: cleanText(100_000).default(''),
  brand: name(200).nullable().default(null),
  categoryPath: categoryPathSchema.default([]),
  attributes: z.record(name(120), z.array(name(1_000)).min(1).max(50)).default({}),
  price: moneySchema.nullable().default(null),
  images: z
    .array(z.url({ protocol: /^https?$/ }).max(2_000))
    .max(50)
    .default([]),
  seller: name(200).nullable().default(null),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be an ISO 639 code such as en, pt or ko')
    .nullable()
    .default(null),
  rating: ratingSchema.nullable().default(null),
  /** What customers wrote, the most telling first. */
  reviews: z.array(cleanText(2_000)).max(20).default([]),
  active: z.boolean().default(true),
  createdAt: z.iso.datetime().nullable().default(null),
  updatedAt: z.iso.datetime().nullable().default(null),
})

export type Product = Readonly<z.infer<typeof productSchema>>
