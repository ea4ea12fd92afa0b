import { type EmbeddedProduct, type Envelope, type Market, productEmbedded, productEmbeddedKey } from '@eip/contracts'
import type { Occasion } from './occasion.ts'

/**
 * What one encoder knows of one product. `version` is that of the published vector or its deletion and never goes back.
 * `productVersion`: of the last change that was read for its text, −1 for a product that was never read.
 * `textHash`: null once the product is deleted.
 */
export type VectorStanding = Readonly<{
  version: number
  productVersion: number
  textHash: string | null
  hasVector: boolean
}>

/** What came of reading a product change with an encoder: a vector, nothing to read, no way to read it, or a deletion. */
export type ReadProduct = Readonly<
  | { outcome: 'embedded'; textHash: string; vector: Float32Array }
  | { outcome: 'unreadable' | 'failed'; textHash: string }
  | { outcome: 'removed' }
>

export type VectorRequest = Readonly<{
  id: string
  productVersion: number
  market: Market
  trace: string | undefined
  read: ReadProduct
}>

export type VectorOutcome = ReadProduct['outcome'] | 'unchanged'

/** What is written, and the event that leaves with it; a change that nobody outside sees has none. */
export type VectorChange = Readonly<{ id: string; standing: VectorStanding; event: Envelope<EmbeddedProduct> | null }>

export type VectorDecision = Readonly<{ outcome: VectorOutcome; change: VectorChange | null }>

/** True for a change that tells nothing new: it came before, or another came that is newer. */
export const isOld = (standing: VectorStanding, productVersion: number): boolean =>
  productVersion <= standing.productVersion

/** True where the encoder would read what it has read already. */
export const isSameText = (standing: VectorStanding, textHash: string): boolean => standing.textHash === textHash

// Every machine that Node runs on is little-endian.
const base64Of = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')

const envelopeOf = (
  { encoder, productId, version }: Readonly<{ encoder: string; productId: string; version: number }>,
  { now, newEventId }: Occasion,
) => ({
  id: newEventId(),
  schema: productEmbedded.schema,
  key: productEmbeddedKey(encoder, productId),
  version,
  occurredAt: now,
  recordedAt: now,
})

/** What a product that was read changes. A product without a vector is told of only where it had one. */
export function decideVector(
  encoder: string,
  { id, productVersion, market, trace, read }: VectorRequest,
  standing: VectorStanding,
  occasion: Occasion,
): VectorDecision {
  const unchanged = { outcome: 'unchanged', change: null } as const
  if (isOld(standing, productVersion)) return unchanged
  if (read.outcome === 'removed' ? standing.textHash === null : isSameText(standing, read.textHash)) return unchanged
  const textHash = read.outcome === 'removed' ? null : read.textHash
  const isTold = read.outcome === 'embedded' || standing.hasVector
  const version = standing.version + Number(isTold)
  const next = { version, productVersion, textHash, hasVector: read.outcome === 'embedded' }
  if (!isTold) return { outcome: read.outcome, change: { id, standing: next, event: null } }
  const event: Envelope<EmbeddedProduct> = {
    ...envelopeOf({ encoder, productId: id, version }, occasion),
    market,
    trace,
    deleted: read.outcome !== 'embedded',
    payload:
      read.outcome === 'embedded'
        ? { productId: id, encoder, textHash: read.textHash, vector: base64Of(read.vector) }
        : null,
  }
  return { outcome: read.outcome, change: { id, standing: next, event } }
}

/** The deletion of a retired encoder's vector; null where there is none. */
export const withdrawal = (
  encoder: string,
  productId: string,
  { version, hasVector }: VectorStanding,
  occasion: Occasion,
): Envelope<EmbeddedProduct> | null =>
  hasVector
    ? {
        ...envelopeOf({ encoder, productId, version: version + 1 }, occasion),
        ...{ market: {}, deleted: true, payload: null },
      }
    : null
