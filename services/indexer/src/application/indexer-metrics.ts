import type { EventBus } from '@eip/event-bus'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import { declareMetrics, type MetricsRegistry, sharedMetrics } from '@eip/telemetry'
import { group, topics } from './keep-view-true.ts'

export const declaredMetrics = declareMetrics({
  indexedDocuments: {
    kind: 'counter',
    name: 'eip_indexed_documents_total',
    help: 'Product changes that were taken into the serving view.',
    labels: [],
  },
  indexDocuments: {
    kind: 'gauge',
    name: 'eip_index_documents',
    help: 'Products in the serving view that can be found.',
    labels: [],
  },
  indexSize: {
    kind: 'gauge',
    name: 'eip_index_bytes',
    help: 'Memory that the serving view takes.',
    labels: [],
  },
})

type Needs = Readonly<{ bus: EventBus; writer: ProductIndexWriter; metrics: MetricsRegistry }>

export type IndexerMetrics = Readonly<{
  indexed(documents: number): void
  /** Begins to answer scrapes; what it answers with ends it. */
  observe(): () => void
}>

export function indexerMetrics({ bus, writer, metrics }: Needs): IndexerMetrics {
  const own = metrics.bind(declaredMetrics)
  const shared = metrics.bind(sharedMetrics)
  return Object.freeze({
    indexed: own.indexedDocuments.with(),
    observe() {
      const ends = [
        own.indexDocuments.observe((report) => report(writer.statistics().documents)),
        own.indexSize.observe((report) => report(writer.statistics().bytes)),
        shared.consumerLag.observe(async (report) => {
          for (const [topic, events] of Object.entries(await bus.lag(group, topics))) report(events, { group, topic })
        }),
        shared.parkedMessages.observe(async (report) => {
          const own = (await bus.parking.groups()).find((each) => each.group === group)
          report(own?.messages ?? 0, { group })
        }),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
  })
}
