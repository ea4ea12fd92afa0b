import { loadavg } from 'node:os'
import { failures } from '@eip/kernel'
import {
  type BesideCatalogue,
  type BesideCluster,
  type BesideMeasurement,
  benchBesideOpenSearch,
  catalogueInMemory,
  generatedCatalogue,
} from '@eip/product-index/bench-beside'
import type { Environment } from '../environment.ts'
import { catalogueOf } from './bench-catalogue.ts'
import { benchMachine } from './bench-machine.ts'

const failure = failures({
  'bench.no-opensearch': {
    kind: 'invalid',
    cure: 'Let OPENSEARCH_URL name a cluster; tools/engines start opensearch runs one, and tools/engines env names it.',
  },
})

export type BesideOptions = Readonly<{
  products: number
  queries: number
  rounds: number
  input?: string
  judgments?: string
  /** A round lasts at least so long, for whoever is quick; a second unless given. */
  leastRoundMs?: number
}>

/** Where the cluster is, and how it is to be used. */
export type BesideEnvironment = Pick<
  Environment,
  'OPENSEARCH_URL' | 'OPENSEARCH_USERNAME' | 'OPENSEARCH_PASSWORD' | 'OPENSEARCH_VECTOR_ENGINE'
>

/** So many products of the demo shop there are at most; a graph of more vectors takes a cluster very long. */
export const mostWithVectors = 50_000
const fillings = 3

/** `load`: runnable tasks over the last minute, when it began and when it ended. */
export type BesideReport = BesideMeasurement &
  Readonly<{
    machine: string
    load: readonly [number, number]
    products: number
    queries: number
    rounds: number
  }>

export async function measureBesideOpenSearch(
  options: BesideOptions,
  environment: BesideEnvironment,
  report: (what: string) => void,
): Promise<BesideReport> {
  const { rounds, leastRoundMs = 1_000 } = options
  const cluster = clusterOf(environment)
  const before = loadavg()[0]!
  const catalogue = await besideCatalogue(options)
  report(`${catalogue.count} products, ${catalogue.queries.length} queries; load ${before.toFixed(2)}`)
  const hasVectors = catalogue.count <= mostWithVectors
  const repeated = { rounds, leastRoundMs, fillings: hasVectors ? fillings : 1 }
  const measurement = await benchBesideOpenSearch({ catalogue, cluster, hasVectors, report, ...repeated })
  return {
    machine: benchMachine(),
    load: [before, loadavg()[0]!],
    ...{ products: catalogue.count, queries: catalogue.queries.length, rounds },
    ...measurement,
  }
}

function clusterOf(environment: BesideEnvironment): BesideCluster {
  const { OPENSEARCH_URL: urls, OPENSEARCH_USERNAME: username, OPENSEARCH_PASSWORD: password } = environment
  if (urls === undefined) throw failure('bench.no-opensearch', 'OPENSEARCH_URL names no cluster')
  const credentials = username === undefined || password === undefined ? undefined : { username, password }
  return { urls, vectorEngine: environment.OPENSEARCH_VECTOR_ENGINE, ...(credentials && { credentials }) }
}

async function besideCatalogue({ products, queries, input, judgments }: BesideOptions): Promise<BesideCatalogue> {
  if (input === undefined && products > mostWithVectors) return generatedCatalogue(products, queries)
  const catalogue = await catalogueOf({ count: products, input, judgments })
  return catalogueInMemory({ ...catalogue, queries: catalogue.queries.slice(0, queries) })
}
