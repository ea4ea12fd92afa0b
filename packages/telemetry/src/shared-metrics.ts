import { declareMetrics, durationBuckets } from './metric-declaration.ts'

/** Metrics that several services record in the same words, so that one chart shows them all. A service's own stand beside its code. */
export const sharedMetrics = declareMetrics({
  stageDuration: {
    kind: 'histogram',
    name: 'eip_stage_duration_seconds',
    help: 'Time that one stage of answering a request took.',
    labels: ['stage'],
    buckets: durationBuckets,
  },
  cacheRequests: {
    kind: 'counter',
    name: 'eip_cache_requests_total',
    help: 'Look-ups in a cache, by result (hit or miss).',
    labels: ['cache', 'result'],
  },
  degraded: {
    kind: 'counter',
    name: 'eip_degraded_total',
    help: 'Answers that were given without one of their parts, by part and reason.',
    labels: ['part', 'reason'],
  },
  consumerLag: {
    kind: 'gauge',
    name: 'eip_consumer_lag',
    help: 'Events that are on the bus and not yet applied by the consumer group.',
    labels: ['group', 'topic'],
  },
  parkedMessages: {
    kind: 'gauge',
    name: 'eip_parked_messages',
    help: 'Messages that the consumer group could not read or apply, and has set aside.',
    labels: ['group'],
  },
})
