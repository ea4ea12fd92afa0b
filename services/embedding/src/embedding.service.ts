import { embeddingContract, encoderPublished, productEmbedded } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import { defineService } from '@eip/runtime'
import { topics } from './application/feed-encoder.ts'
import { type OwnEncodersNeeds, ownEncoders } from './application/own-encoders.ts'

/** The relay must stand on the outbox that the ledger writes to, and know the topics `encoderPublished` and `productEmbedded`. */
export type EmbeddingNeeds = OwnEncodersNeeds & Readonly<{ outboxRelay: OutboxRelay }>

/** Owns text encoders and text vectors: which product means what, by which encoder. */
export const embedding = defineService({
  name: 'embedding',
  contract: embeddingContract,
  calls: [],
  consumes: { embedding: topics },
  publishes: [encoderPublished, productEmbedded],
  build({ outboxRelay, ...needs }: EmbeddingNeeds) {
    const encoders = ownEncoders(needs)
    return {
      handlers: {
        status: encoders.status,
        trainEncoder: () => encoders.train().then(encoders.status),
        useEncoder: ({ encoder }) => encoders.use(encoder).then(encoders.status),
      },
      async start() {
        outboxRelay.start()
        await encoders.start()
      },
      // Words alone are an answer: nobody waits for vectors.
      missing: () => null,
      drain: encoders.stop,
      async stop() {
        await encoders.stop()
        await outboxRelay.close()
      },
    }
  },
})
