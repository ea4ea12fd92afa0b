import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'

export const embeddingFailure = failures({
  'embedding.no-such-encoder': { kind: 'not-found', cure: 'List the encoders at GET /api/v1/encoders.' },
  'embedding.training-runs': { kind: 'conflict', cure: 'Wait until the training that runs has ended.' },
  'embedding.too-few-products': { kind: 'conflict', cure: 'Import more products first; words are searched meanwhile.' },
})

const encoderId = z.string().regex(/^[a-z0-9.-]{1,80}$/, 'must be small letters, digits, dots and hyphens')

/**
 * `filling`: its vectors are being made, an older one serves. `serving`: the one that queries are read by.
 * `standby`: served until lately, and can at once again. `retired`: its vectors are gone.
 */
export const encoderStates = ['filling', 'serving', 'standby', 'retired'] as const

/** The artefact of an encoder, and what it is to be used for now. Key: the encoder's id. */
const encoderPublishedSchema = z.object({
  encoder: encoderId,
  kind: z.enum(['catalogue', 'transformer']),
  name: z.string(),
  dimensions: z.int().min(1),
  /** Languages that its vectors mean something in; null: any. */
  languages: z.array(z.string()).nullable(),
  state: z.enum(encoderStates),
  /** How many products had a vector when it began to serve. */
  vectors: z.int(),
})
export type PublishedEncoder = Readonly<z.infer<typeof encoderPublishedSchema>>

export const encoderPublished: Topic<PublishedEncoder> = Object.freeze({
  name: 'embedding.model-published',
  kind: 'state',
  schema: 'embedding.model-published/1',
  payload: z.looseObject(encoderPublishedSchema.shape) as unknown as z.ZodType<PublishedEncoder>,
})

const productEmbeddedSchema = z.object({
  productId: z.string().min(1).max(128),
  encoder: encoderId,
  /** Of what the encoder read: as long as it stays, so does the vector. */
  textHash: z.string().min(1).max(64),
  /** Little-endian float32, base64: a JSON array would cost three times the bytes and six times the time. */
  vector: z.string().max(60_000),
})
export type EmbeddedProduct = Readonly<z.infer<typeof productEmbeddedSchema>>

/** One product's vector by one encoder. Key: `ENCODER/PRODUCT`; its versions are of its own, not the product's. */
export const productEmbedded: Topic<EmbeddedProduct> = Object.freeze({
  name: 'embedding.product-embedded',
  kind: 'state',
  schema: 'embedding.product-embedded/1',
  payload: z.looseObject(productEmbeddedSchema.shape) as unknown as z.ZodType<EmbeddedProduct>,
})

export const productEmbeddedKey = (encoder: string, productId: string): string => `${encoder}/${productId}`

export const encoderStatusSchema = encoderPublishedSchema.extend({
  /** Products that have a vector by now. */
  embedded: z.int(),
  /** Product changes that it has not read yet; null for one that reads none. */
  lag: z.int().nullable(),
  perSecond: z.number(),
  /** What goes wrong with it, if anything does. */
  trouble: z.string().nullable(),
})

export const embeddingStatusSchema = z.object({
  encoders: z.array(encoderStatusSchema),
  training: z.object({ phase: z.string(), share: z.number() }).nullable(),
  /** The last training's failure, if it failed. */
  trouble: z.string().nullable(),
})
export type EmbeddingStatus = z.infer<typeof embeddingStatusSchema>

export const embeddingContract = {
  status: oc.input(z.object({})).output(embeddingStatusSchema),
  /** Begins to train an encoder on the catalogue; it takes over by itself. Fails with `embedding.training-runs` or `embedding.too-few-products`. */
  trainEncoder: oc.input(z.object({})).output(embeddingStatusSchema),
  /** Lets an encoder whose artefact is there take over, as soon as every product has its vector. Fails with `embedding.no-such-encoder`. */
  useEncoder: oc.input(z.object({ encoder: encoderId })).output(embeddingStatusSchema),
}

export type EmbeddingContract = typeof embeddingContract
