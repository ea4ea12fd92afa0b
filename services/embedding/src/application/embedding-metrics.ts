import { declareMetrics, durationBuckets, type MetricsRegistry, sharedMetrics } from '@eip/telemetry'
import type { VectorOutcome } from '../domain/vector-change.ts'

export const declaredMetrics = declareMetrics({
  products: {
    kind: 'counter',
    name: 'eip_embedding_products_total',
    help: 'Product changes read by an encoder, by outcome (embedded, unchanged, removed, unreadable or failed).',
    labels: ['encoder', 'outcome'],
  },
  batchDuration: {
    kind: 'histogram',
    name: 'eip_embedding_batch_duration_seconds',
    help: 'Time that a batch of products took from its reading to its durable vectors.',
    labels: [],
    buckets: durationBuckets,
  },
  lag: {
    kind: 'gauge',
    name: 'eip_embedding_lag',
    help: 'Product changes that an encoder has not read yet.',
    labels: ['encoder'],
  },
  vectors: {
    kind: 'gauge',
    name: 'eip_embedding_vectors',
    help: 'Products that have a vector by an encoder.',
    labels: ['encoder'],
  },
})

/** What is measured of one encoder at a scrape; `lag` is null for one that reads nothing. */
export type EncoderMeasure = Readonly<{
  encoder: string
  group: string
  lag: number | null
  vectors: number
  parked: number
}>

export type EmbeddingMetrics = Readonly<{
  read(encoder: string, outcome: VectorOutcome, products: number): void
  batch(seconds: number): void
  /** Begins to answer scrapes; what it answers with ends it. */
  observe(measure: () => Promise<readonly EncoderMeasure[]>): () => void
}>

export function embeddingMetrics(metrics: MetricsRegistry): EmbeddingMetrics {
  const own = metrics.bind(declaredMetrics)
  const shared = metrics.bind(sharedMetrics)
  return Object.freeze({
    read: (encoder: string, outcome: VectorOutcome, products: number) =>
      own.products.add(products, { encoder, outcome }),
    batch: own.batchDuration.with(),
    observe(measure: () => Promise<readonly EncoderMeasure[]>) {
      const ends = [
        own.lag.observe(async (report) => {
          for (const { encoder, lag } of await measure()) if (lag !== null) report(lag, { encoder })
        }),
        own.vectors.observe(async (report) => {
          for (const { encoder, vectors } of await measure()) report(vectors, { encoder })
        }),
        shared.parkedMessages.observe(async (report) => {
          for (const { group, lag, parked } of await measure()) if (lag !== null) report(parked, { group })
        }),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
  })
}
