import type { EventBus } from '@eip/event-bus'
import type { Generation, ProductIndexGenerations } from '@eip/product-index'
import { declareMetrics, type MetricsRegistry, sharedMetrics } from '@eip/telemetry'
import type { GenerationFeeds } from './generation-feeds.ts'
import { topics } from './keep-view-true.ts'

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
  generationSince: {
    kind: 'gauge',
    name: 'eip_index_generation_timestamp_seconds',
    help: 'Since when a generation of the serving view is in its state (filling, serving or previous), in Unix time.',
    labels: ['generation', 'state'],
  },
  generationDocuments: {
    kind: 'gauge',
    name: 'eip_index_generation_documents',
    help: 'Products that can be found in a generation of the serving view.',
    labels: ['generation', 'state'],
  },
  generationSegments: {
    kind: 'gauge',
    name: 'eip_index_generation_segments',
    help: 'Segments of a generation of the serving view.',
    labels: ['generation', 'state'],
  },
  generationSize: {
    kind: 'gauge',
    name: 'eip_index_generation_bytes',
    help: 'Memory that a generation of the serving view takes.',
    labels: ['generation', 'state'],
  },
})

type Observed = Readonly<{
  bus: EventBus
  generations: Pick<ProductIndexGenerations, 'reader' | 'list'>
  feeds: Pick<GenerationFeeds, 'all'>
}>

type GenerationReport = (value: number, labels: Readonly<{ generation: string; state: string }>) => void

export type IndexerMetrics = Readonly<{
  indexed(documents: number): void
  /** Begins to answer scrapes; what it answers with ends it. */
  observe(observed: Observed): () => void
}>

export function indexerMetrics(metrics: MetricsRegistry): IndexerMetrics {
  const own = metrics.bind(declaredMetrics)
  const shared = metrics.bind(sharedMetrics)
  return Object.freeze({
    indexed: own.indexedDocuments.with(),
    observe({ bus, generations, feeds }: Observed) {
      const groups = () => [...feeds.all().values()].map(({ group }) => group)
      const { reader } = generations
      const ofEach = (measure: (generation: Generation) => number) => async (report: GenerationReport) => {
        for (const each of await generations.list()) report(measure(each), { generation: each.name, state: each.state })
      }
      const ends = [
        own.indexDocuments.observe((report) => report(reader.statistics().documents)),
        own.indexSize.observe((report) => report(reader.statistics().bytes)),
        own.generationSince.observe(ofEach(({ since }) => since / 1_000)),
        own.generationDocuments.observe(ofEach(({ statistics }) => statistics.documents)),
        own.generationSegments.observe(ofEach(({ statistics }) => statistics.segments)),
        own.generationSize.observe(ofEach(({ statistics }) => statistics.bytes)),
        shared.consumerLag.observe(async (report) => {
          for (const group of groups())
            for (const [topic, events] of Object.entries(await bus.lag(group, topics))) report(events, { group, topic })
        }),
        shared.parkedMessages.observe(async (report) => {
          const parked = await bus.parking.groups()
          for (const group of groups()) report(parked.find((each) => each.group === group)?.messages ?? 0, { group })
        }),
      ]
      return () => {
        for (const end of ends) end()
      }
    },
  })
}
