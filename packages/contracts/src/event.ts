import { z } from 'zod'

/** Where an event stands in a bus: offsets grow by one within a partition of a topic. */
export type Position = Readonly<{ topic: string; partition: number; offset: number }>

/** The next offset to read, by `topic/partition`. */
export type Positions = Readonly<Record<string, number>>

/** The market that an event belongs to; what does not apply is left out. */
export type Market = Readonly<{
  currency?: string | undefined
  language?: string | undefined
  region?: string | undefined
}>

/**
 * The envelope around every event, from the first day on.
 * Loose: a reader of today keeps what a writer of tomorrow adds.
 * - `version` grows by the owner's every change of the key; a consumer applies an event only if it is newer than what it holds.
 * - `occurredAt`: when it happened; `recordedAt`: when the platform could first know. Milliseconds since the epoch, UTC.
 * - `deleted`: the key's thing is gone; `payload` is then null.
 */
export const envelopeSchema = z.looseObject({
  id: z.string().min(1).max(128),
  schema: z.string().min(1).max(128),
  key: z.string().min(1).max(512),
  version: z.int().nonnegative(),
  occurredAt: z.int().nonnegative(),
  recordedAt: z.int().nonnegative(),
  deleted: z.boolean(),
  trace: z.string().max(128).optional(),
  market: z.looseObject({
    currency: z.string().optional(),
    language: z.string().optional(),
    region: z.string().optional(),
  }),
  payload: z.unknown(),
})

export type Envelope<Payload = unknown> = Readonly<{
  id: string
  schema: string
  key: string
  version: number
  occurredAt: number
  recordedAt: number
  deleted: boolean
  trace?: string | undefined
  market: Market
  payload: Payload | null
}>

/**
 * A topic of the published language.
 * `state`: compacted, each key's last event is kept. `behaviour`: expires by time.
 */
export type Topic<Payload = unknown> = Readonly<{
  name: string
  kind: 'state' | 'behaviour'
  /** Name and revision of the payload's schema, as written into the envelope. */
  schema: string
  payload: z.ZodType<Payload>
}>
