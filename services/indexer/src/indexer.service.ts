import { indexerContract } from '@eip/contracts'
import { defineService } from '@eip/runtime'
import type { MetricsRegistry } from '@eip/telemetry'
import { indexerMetrics } from './application/indexer-metrics.ts'
import { topics } from './application/keep-view-true.ts'
import { type GenerationsNeeds, ownGenerations } from './application/own-generations.ts'

/** The generations stay open when the service stops: whoever opened them closes them. */
export type IndexerNeeds = GenerationsNeeds & Readonly<{ metrics: MetricsRegistry }>

export const indexer = defineService({
  name: 'indexer',
  contract: indexerContract,
  calls: [],
  // Of every generation but the first a group of its own, `indexer.NAME`.
  consumes: { indexer: topics },
  publishes: [],
  build({ metrics, ...needs }: IndexerNeeds) {
    const { indexed, observe } = indexerMetrics(metrics)
    const own = ownGenerations({ ...needs, indexed })
    let endObservation = () => {}
    return {
      handlers: own.handlers,
      async start() {
        await own.start()
        endObservation = observe({ ...needs, feeds: own.feeds })
      },
      missing: own.missing,
      drain: own.stop,
      async stop() {
        endObservation()
        await own.stop()
      },
    }
  },
})
