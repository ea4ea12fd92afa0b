import type { Answer } from '../output.ts'
import { grouped, table, writeLine } from '../output.ts'
import { progressLine } from '../progress.ts'
import { askedCatalogue, missingFiles } from './asked-catalogue.ts'
import { compareCatalogue } from './compare-catalogue.ts'
import { describeCluster, measuringPlace, placeLine } from './measuring-place.ts'
import {
  type ComparedCatalogue,
  describeDifferences,
  describeModels,
  faultsOf,
  tellDifferences,
  tellModels,
} from './parity-report.ts'
import type { ClusterOptions } from './two-engines.ts'

const protocol =
  'Each catalogue in both engines, on OpenSearch one shard merged to one segment. bm25: words, any suffices; ' +
  'filtered: words, one to three needed, a filter by price or brand, six facets, every fifth by price; vector: the 50 ' +
  'nearest by an encoder of 128 dimensions trained on the catalogue; hybrid: words (half of them needed) and the 100 ' +
  'nearest above a floor, 200 candidates, facets, every fourth filtered, fused as search does with that encoder, without understanding. ' +
  'opensearch-hybrid: the own hybrid query of the cluster (min-max, arithmetic mean, half each, lists of 50) against the same ' +
  'fusion of exact lists. overlap@10: share of the first page that is the same; same order: of the first 50, and exactly; ' +
  'totals and facets: exactly; farthest score: of one product, relative.'

export type ParityOptions = Readonly<{
  cluster: ClusterOptions
  /** At most so many of each catalogue. */
  products: number
  queries: number
  /** Where the published sets lie, and where something may be written meanwhile. */
  data: string
  scratch: string
  /** By name; those whose files are not there are told as missing. */
  catalogues: readonly string[]
}>

export type ParityAnswer = Answer & Readonly<{ faults: readonly string[] }>

/** Asks both engines the same over every catalogue, and tells how alike they answered. */
export async function measureParity(options: ParityOptions): Promise<ParityAnswer> {
  const { cluster, data, catalogues: names } = options
  const described = await describeCluster(cluster)
  const place = measuringPlace(described)
  const missing = names.filter((name) => missingFiles(name, data).length > 0)
  const compared: ComparedCatalogue[] = []
  for (const name of names.filter((each) => !missing.includes(each)))
    compared.push(await measureOne({ ...options, name }))
  const models = tellModels(compared)
  const unlike = compared.flatMap((each) => Object.values(each.models).flatMap((model) => model.differences))
  const [differences, faults] = [tellDifferences(unlike), faultsOf(models, unlike)]
  const catalogues = Object.fromEntries(
    compared.map(({ name, products, queries, own }) => [name, { products, queries, own }]),
  )
  const json = { ...place, protocol, data: { catalogues, missing }, models, differences, faults }
  const text = [
    ...[placeLine(place), describeCatalogues(compared), describeModels(models), describeDifferences(differences)],
    ...missing.map((name) => `Left out: ${name}, needs ${missingFiles(name, data).join(' and ')}`),
    ...(described.hasHybridQuery ? [] : ['Left out: opensearch-hybrid, the cluster lacks opensearch-neural-search']),
    protocol,
    faults.length === 0 ? 'Both engines answer alike.' : `They do not answer alike: ${faults.join('; ')}`,
  ]
  return { json, text: text.join('\n\n'), faults }
}

async function measureOne(options: ParityOptions & Readonly<{ name: string }>): Promise<ComparedCatalogue> {
  const { name, cluster } = options
  const start = performance.now()
  const progress = progressLine(name)
  progress.report('reading')
  const catalogue = await askedCatalogue(options)
  const compared = await compareCatalogue(cluster, catalogue, progress)
  progress.done()
  const seconds = Math.round((performance.now() - start) / 1_000)
  writeLine(`${name}: ${grouped(compared.products)} products, ${grouped(compared.queries)} queries, ${seconds} s`)
  return compared
}

const describeCatalogues = (compared: readonly ComparedCatalogue[]): string =>
  table(
    ['catalogue', 'products', 'queries', 'of its own'],
    compared.map(({ name, products, queries, own }) => [name, grouped(products), grouped(queries), grouped(own)]),
  )
