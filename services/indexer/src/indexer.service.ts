import { indexerContract } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import { defineService } from '@eip/runtime'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import { indexerMetrics } from './application/indexer-metrics.ts'
import { group, keepViewTrue, topics } from './application/keep-view-true.ts'
import { reportStatus } from './application/report-status.ts'

/** The writer stays open when the service stops: whoever opened the index closes it. */
export type IndexerNeeds = Readonly<{
  bus: EventBus
  writer: ProductIndexWriter
  logger: Logger
  metrics: MetricsRegistry
}>

export const indexer = defineService({
  name: 'indexer',
  contract: indexerContract,
  calls: [],
  consumes: { [group]: topics },
  publishes: [],
  build({ bus, writer, logger, metrics }: IndexerNeeds) {
    const { indexed, observe } = indexerMetrics({ bus, writer, metrics })
    const keeping = keepViewTrue({ bus, writer, logger, indexed })
    let endObservation = () => {}
    return {
      handlers: { status: reportStatus({ bus, writer }) },
      async start() {
        await keeping.start()
        endObservation = observe()
      },
      missing: keeping.missing,
      drain: keeping.stop,
      async stop() {
        endObservation()
        await keeping.stop()
      },
    }
  },
})
