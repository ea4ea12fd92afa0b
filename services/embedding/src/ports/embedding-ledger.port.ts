import type { EmbeddedProduct, Envelope } from '@eip/contracts'
import type { CountedEncoder, EncoderRecord } from '../domain/encoder-states.ts'
import type { Occasion } from '../domain/occasion.ts'
import type { VectorDecision, VectorOutcome, VectorRequest, VectorStanding } from '../domain/vector-change.ts'

/**
 * The book of encoders, and of which product has which vector by whom. It holds no vectors: they are on the bus.
 *  - What is decided is written, and its events go out, both or neither; when a call resolves, both are durable.
 *  - When `decide` throws or a write fails, nothing of the whole call stays and nothing is published.
 *  - `changeEncoders` and `record` ask `decide` with what stands after every call asked for earlier; two calls at once never
 *    decide on the same standing. Within `record`, each request is asked after those before it.
 *  - A product that an encoder never read stands with product version −1 and no text.
 *  - Versions of one encoder and product never go back, not even where they were withdrawn in between.
 *  - `record` for an encoder that is unknown or retired changes nothing and answers with no outcomes.
 *  - `withdraw` works for retired encoders alone: it forgets at most `limit` products, sends what `eventOf` answers for them,
 *    and says how many it forgot; 0 when none is left.
 *  - Counts of an encoder are exact and cheap to ask for.
 */
export interface EmbeddingLedger {
  /** In the order in which they first began. */
  encoders(): Promise<readonly CountedEncoder[]>
  /** `decide` answers with the records that change; each is published. Answers with all records, as they are then. */
  changeEncoders(
    occasion: Occasion,
    decide: (known: readonly CountedEncoder[]) => readonly EncoderRecord[],
  ): Promise<readonly CountedEncoder[]>
  /** In the order of the ids. */
  standings(encoder: string, productIds: readonly string[]): Promise<readonly VectorStanding[]>
  record(
    encoder: string,
    requests: readonly VectorRequest[],
    decide: (request: VectorRequest, standing: VectorStanding) => VectorDecision,
  ): Promise<readonly VectorOutcome[]>
  withdraw(
    encoder: string,
    limit: number,
    eventOf: (productId: string, standing: VectorStanding) => Envelope<EmbeddedProduct> | null,
  ): Promise<number>
}
