import { cpus, loadavg } from 'node:os'
import { type ClusterDescription, openClusterComparison } from '@eip/product-index/opensearch-comparison'
import type { ClusterOptions } from './two-engines.ts'

/** On what something was measured. */
export type MeasuringPlace = Readonly<{ machine: string; versions: Readonly<Record<string, string>> }>

/** Asks the cluster what it is; fails in a sentence where it does not answer. */
export async function describeCluster(options: ClusterOptions): Promise<ClusterDescription> {
  const cluster = openClusterComparison(options)
  try {
    return await cluster.describe()
  } finally {
    await cluster.close()
  }
}

export const measuringPlace = ({ opensearch, lucene, nodes }: ClusterDescription): MeasuringPlace => ({
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
  versions: { node: process.version, opensearch, lucene, 'data nodes': String(nodes) },
})

export const placeLine = ({ machine, versions }: MeasuringPlace): string =>
  [machine, ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)].join(', ')
