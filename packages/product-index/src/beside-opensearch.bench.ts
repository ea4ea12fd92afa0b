import { failures } from '@eip/kernel'
import type { Connection } from './adapters/opensearch.connection.ts'
import { type Agreement, agreementOf } from './beside/agreement.bench.ts'
import { middlePrices } from './beside/catalogue.bench.ts'
import { fill, fillAnother, fillingFigures } from './beside/fillings.bench.ts'
import { type BesideInput, type BesideMeasurement, type Sides, sideNames } from './beside/measurement.bench.ts'
import { clusterMemory, clusterVersions, residentMegabytes } from './beside/memory.bench.ts'
import { type BesideCase, besideCases, dimensions } from './beside/questions.bench.ts'
import { benchPrefix, clusterConnection, nativeSide, opensearchSide } from './beside/sides.bench.ts'
import { askByTurns } from './beside/turns.bench.ts'
import { generatedVectors } from './generated-catalogue.bench.ts'

export { type BesideCatalogue, catalogueInMemory, generatedCatalogue } from './beside/catalogue.bench.ts'
export type { BesideInput, BesideMeasurement } from './beside/measurement.bench.ts'
export type { BesideCluster } from './beside/sides.bench.ts'

const failure = failures({
  'product-index.bench-other-answers': {
    kind: 'internal',
    cure: 'Run the parity tests of the adapter on OpenSearch: times of different answers say nothing.',
  },
})

/** The least overlap@10 of words at which times are compared. */
const leastOverlap = 0.95

/**
 * The native index and OpenSearch, filled with the same products and asked the same questions by turns from this process.
 * What is made in the cluster is removed at the end. Fails where the two answer differently.
 */
export async function benchBesideOpenSearch(input: BesideInput): Promise<BesideMeasurement> {
  const connection = clusterConnection(input.cluster)
  try {
    return await measure(input, connection)
  } finally {
    await connection.close()
  }
}

async function measure(input: BesideInput, connection: Connection): Promise<BesideMeasurement> {
  const { catalogue, cluster, report } = input
  const versions = await clusterVersions(connection)
  const vectors = input.hasVectors ? generatedVectors(catalogue.count, dimensions) : null
  const cases = besideCases(catalogue, middlePrices(catalogue), vectors)
  const prefix = benchPrefix()
  report(`indexes in the cluster begin with ${prefix}- and are removed at the end`)
  const before = residentMegabytes()
  await using native = await nativeSide()
  const first = await fill('native', native, input, vectors)
  const rss_mb = residentMegabytes() - before
  await using opensearch = await opensearchSide(cluster, connection, prefix)
  const fillings = { native: [first], opensearch: [await fill('opensearch', opensearch, input, vectors)] }
  for (let number = 1; number < input.fillings; number++) {
    report(`filling both once more, ${number + 1} of ${input.fillings}`)
    for (const name of sideNames) fillings[name].push(await fillAnother(name, input, connection, prefix))
  }
  const sides: Sides = { native, opensearch }
  const agreement = await agreements(sides, cases, report)
  const [asked, filled] = [await askByTurns(sides, cases, input), fillingFigures(fillings, catalogue.count)]
  const statistics = native.index().reader.statistics()
  return {
    ...{ versions, agreement },
    cases: { ...asked.cases, ...filled.cases },
    ratios: { ...asked.ratios, ...filled.ratios },
    memory: {
      native: { rss_mb, index_mb: Math.round(statistics.bytes / 2 ** 20) },
      opensearch: await clusterMemory(connection, prefix),
    },
    segments: { native: statistics.segments, opensearch: opensearch.index().reader.statistics().segments },
  }
}

async function agreements(
  { native, opensearch }: Sides,
  cases: readonly BesideCase[],
  report: BesideInput['report'],
): Promise<Record<string, Agreement>> {
  report('comparing the answers of both')
  const agreement: Record<string, Agreement> = {}
  for (const asked of cases) {
    const alike = await agreementOf(native.index().reader, opensearch.index().reader, asked)
    if (alike['overlap@10'] < leastOverlap)
      throw failure(
        'product-index.bench-other-answers',
        `the two sides have ${alike['overlap@10']} of their ten best in common for "${asked.name}", not ${leastOverlap}`,
      )
    agreement[asked.name] = alike
  }
  return agreement
}
