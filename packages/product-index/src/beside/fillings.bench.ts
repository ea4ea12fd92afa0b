import type { Connection } from '../adapters/opensearch.connection.ts'
import { type BesideCatalogue, batchSize } from './catalogue.bench.ts'
import { fillProducts, fillVectors, warmUpWriter } from './filling.bench.ts'
import {
  type BesideFigures,
  type BesideInput,
  type BesideRatios,
  ratioOf,
  type SideName,
  sideNames,
} from './measurement.bench.ts'
import { median } from './rounds.bench.ts'
import { nativeSide, opensearchSide, type Side } from './sides.bench.ts'

/** Seconds. `settled`: of merging and linking after all was visible. */
export type Filling = Readonly<{ visible: number; durable: number; vectors: number | null; settled: number | null }>
export type Fillings = Readonly<Record<SideName, Filling[]>>

const indexTarget = 5

/** Fills the side that is going to be asked. */
export async function fill(
  name: SideName,
  side: Side,
  { catalogue, report }: BesideInput,
  vectors: Float32Array | null,
): Promise<Filling> {
  await warmUpWriter(side.index(), catalogue)
  const products = await fillProducts(side.index(), catalogue, progressOf(name, catalogue, report))
  report(`${name}: products are in`)
  const vectorSeconds = vectors === null ? null : await fillVectors(side.index(), catalogue, vectors)
  report(`${name}: merging and linking`)
  const start = performance.now()
  const settled = ((await side.settle()) - start) / 1_000
  return { ...products, vectors: vectorSeconds, settled: Math.max(0, settled) }
}

/** Another side of each kind, filled with products and let go of again. */
export async function fillAnother(
  name: SideName,
  { catalogue, cluster }: Pick<BesideInput, 'catalogue' | 'cluster'>,
  connection: Connection,
  prefix: string,
): Promise<Filling> {
  await using side =
    name === 'native' ? await nativeSide() : await opensearchSide(cluster, connection, `${prefix}-again`)
  await warmUpWriter(side.index(), catalogue)
  return { ...(await fillProducts(side.index(), catalogue)), vectors: null, settled: null }
}

const steps = 10

function progressOf(name: SideName, { count }: BesideCatalogue, report: BesideInput['report']) {
  let told = 0
  return (done: number) => {
    if (done - told < Math.max(count / steps, steps * batchSize)) return
    told = done
    report(`${name}: ${done} of ${count} products are in`)
  }
}

export function fillingFigures(
  fillings: Fillings,
  count: number,
): Readonly<{ cases: BesideFigures; ratios: BesideRatios }> {
  const cases: Record<string, BesideFigures[string]> = {}
  const ratios: Record<string, BesideRatios[string]> = {}
  const rate = (seconds: number) => ({ per_second: Math.round(count / seconds) })
  const compare = (what: string, of: (filling: Filling) => number | null, target: number | null) => {
    const [native, opensearch] = sideNames.map((name) => median(fillings[name].flatMap((each) => of(each) ?? [])))
    if (Number.isNaN(native)) return
    cases[`native, ${what}`] = rate(native!)
    cases[`opensearch, ${what}`] = rate(opensearch!)
    ratios[what] = { per_second: ratioOf(opensearch!, native!), target }
  }
  compare('index products until visible', ({ visible }) => visible, indexTarget)
  compare('index products until on disk', ({ durable }) => durable, null)
  compare('index vectors until found', ({ vectors }) => vectors, null)
  const both = ({ visible, vectors }: Filling) => (vectors === null ? null : visible + vectors)
  compare('index products, then their vectors', both, indexTarget)
  for (const name of sideNames)
    cases[`${name}, merge and link`] = { seconds: Math.round(fillings[name][0]!.settled! * 10) / 10 }
  return { cases, ratios }
}
