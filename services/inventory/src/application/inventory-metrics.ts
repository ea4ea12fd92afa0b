import { declareMetrics, durationBuckets, type MetricsRegistry } from '@eip/telemetry'

export const declaredMetrics = declareMetrics({
  reservations: {
    kind: 'counter',
    name: 'eip_inventory_reservations_total',
    help: 'Reservations that were asked for, by what became of them.',
    labels: ['outcome'],
  },
  reserveDuration: {
    kind: 'histogram',
    name: 'eip_inventory_reserve_duration_seconds',
    help: 'Time from a reservation that is asked for to its durable answer.',
    labels: [],
    buckets: durationBuckets,
  },
})

export type InventoryMetrics = Readonly<{ reserved(outcome: string, seconds: number): void }>

export function inventoryMetrics(metrics: MetricsRegistry): InventoryMetrics {
  const { reservations, reserveDuration } = metrics.bind(declaredMetrics)
  const observe = reserveDuration.with()
  // Shown from the start: a rate has something to begin with.
  for (const outcome of ['reserved', 'insufficient']) reservations.with({ outcome })(0)
  return Object.freeze({
    reserved(outcome: string, seconds: number) {
      reservations.with({ outcome })(1)
      observe(seconds)
    },
  })
}
