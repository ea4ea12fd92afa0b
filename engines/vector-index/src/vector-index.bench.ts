import { seededRandom } from '@eip/kernel'
import { type Latency, latencyOf } from '@eip/testkit'
import { clusteredVectors, type GeneratedVectors, uniformVectors } from './generated-vectors.fixture.ts'
import {
  createVectorIndexReader,
  createVectorIndexWriter,
  type SlotFilter,
  type VectorIndexOptions,
  type VectorIndexReader,
  type VectorIndexWriter,
} from './index.ts'

export type VectorBenchOptions = Readonly<{
  /** How many. */
  vectors: number
  dimensions: number
  /** 200. */
  queries?: number
  /** `clustered`, like products of categories, or `uniform`: nothing is near to anything, the hard case. */
  structure?: 'clustered' | 'uniform'
  index?: Omit<VectorIndexOptions, 'dimensions'>
}>

/** `recall`: the share of the true ten best among the ten found. `rss_mb`: of the process, then. */
export type VectorBenchCase = Latency & Readonly<{ rss_mb?: number; recall?: number }>

const K = 10
const SLICE_MS = 20

/**
 * Builds an index of generated vectors (the same for the same options) on this thread, and searches it: alone, filtered, and after half of the vectors were
 * replaced. Recall is against looking at all. `build` is a slice of the writer's work: per_second counts vectors.
 */
export function benchVectorIndex(options: VectorBenchOptions): Record<string, VectorBenchCase> {
  const { vectors: count, dimensions, queries: times = 200, structure = 'clustered', index = {} } = options
  const make = structure === 'clustered' ? clusteredVectors : uniformVectors
  const vectors = make(count, dimensions, 1)
  const queries = queriesAmong(vectors, times)
  const writer = createVectorIndexWriter({ ...index, dimensions })
  const cases: Record<string, VectorBenchCase> = {}
  cases.build = timeWork(writer, count, () => {
    for (let at = 0; at < count; at++) writer.set(`p${at}`, vectors.at(at))
  })
  const reader = createVectorIndexReader({ dimensions, precision: index.precision ?? 'f16' })
  const measure = (name: string, share?: number) => {
    cases[name] = timeSearches(reader, queries, share === undefined ? undefined : shareOf(reader, share))
  }
  reader.apply(writer.publication())
  measure('top-10')
  for (const percent of [50, 5, 1, 0.5]) measure(`top-10, ${percent} % admitted`, percent / 100)
  const others = make(Math.floor(count / 2), dimensions, 2)
  cases['replace half'] = timeWork(writer, others.count, () => {
    for (let at = 0; at < others.count; at++) writer.set(`p${2 * at}`, others.at(at))
  })
  reader.apply(writer.publication())
  measure('top-10, half replaced')
  measure('top-10, half replaced, 5 % admitted', 0.05)
  return cases
}

/** Around some of the vectors. */
function queriesAmong(vectors: GeneratedVectors, count: number): readonly Float32Array[] {
  const { integer } = seededRandom(5)
  const noise = uniformVectors(count, vectors.dimensions, 6)
  return Array.from({ length: count }, (_, at) => {
    const own = noise.at(at)
    return vectors.at(integer(vectors.count)).map((value, d) => value + 0.6 * own[d]!)
  })
}

function timeWork(writer: VectorIndexWriter, count: number, change: () => void): VectorBenchCase {
  const started = performance.now()
  change()
  const times = [performance.now() - started]
  for (let hasMore = true; hasMore; ) {
    const from = performance.now()
    hasMore = writer.work(SLICE_MS)
    times.push(performance.now() - from)
  }
  writer.commit()
  return { ...latencyOf(times, count), rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20) }
}

function shareOf(reader: VectorIndexReader, share: number): Uint8Array {
  const { next } = seededRandom(3)
  return Uint8Array.from({ length: reader.slots }, () => (next() < share ? 1 : 0))
}

function timeSearches(
  reader: VectorIndexReader,
  queries: readonly Float32Array[],
  admitted: Uint8Array | undefined,
): VectorBenchCase {
  const live = Int32Array.from({ length: reader.slots }, (_, slot) => slot).filter(
    (slot) => admitted?.[slot] !== 0 && reader.find(reader.idOf(slot)) === slot,
  )
  const filter: SlotFilter = {
    admits: (slot) => admitted?.[slot] === 1,
    admitted: (most) => (live.length <= most ? live : null),
  }
  const request = admitted === undefined ? { k: K } : { k: K, filter }
  const times: number[] = []
  let hits = 0
  const scores = new Float64Array(live.length)
  for (const query of queries) reader.search(query, request)
  for (const query of queries) {
    const started = performance.now()
    const found = reader.search(query, request)
    times.push(performance.now() - started)
    reader.scores(query, live, scores)
    const least = tenthBest(scores)
    for (const score of found.scores) if (score >= least) hits++
  }
  return { ...latencyOf(times), recall: hits / (queries.length * Math.min(K, live.length)) }
}

function tenthBest(scores: Float64Array): number {
  const best = new Float64Array(K).fill(Number.NEGATIVE_INFINITY)
  for (const score of scores) {
    if (score <= best[0]!) continue
    best[0] = score
    best.sort()
  }
  return best[0]!
}
