import { encodeVector } from '@eip/engine-vector-index'
import type { ProductIndex } from '../product-index-writer.port.ts'
import type { BesideCatalogue } from './catalogue.bench.ts'
import { dimensions, encoder } from './questions.bench.ts'

/** Calls of the writer under way at once: both sides take the next batch while one is being put in. */
const mostUnderWay = 4
const [warmVersion, goneVersion, measuredVersion] = [1, 2, 3]

const warmingBatches = 5

/**
 * Some batches come and go again, so that the compilers of both sides have seen the work: a writer runs for long. What is
 * left is versions only, and dead documents that merging takes away.
 */
export async function warmUpWriter({ writer }: ProductIndex, { batches }: BesideCatalogue): Promise<void> {
  let taken = 0
  for (const batch of batches()) {
    if (taken++ >= warmingBatches) return
    const of = (version: number) => batch.map((product) => ({ id: product.id, version, product }))
    await writer.apply(of(warmVersion), {})
    await writer.apply(
      of(goneVersion).map((change) => ({ ...change, product: null })),
      {},
    )
  }
}

/** Seconds until every product is visible, and until all of it is on disk. */
export async function fillProducts(
  { writer }: ProductIndex,
  { batches }: BesideCatalogue,
  report: (done: number) => void = () => {},
): Promise<Readonly<{ visible: number; durable: number }>> {
  const start = performance.now()
  let done = 0
  await underWay(batches(), async (batch) => {
    await writer.apply(
      batch.map((product) => ({ id: product.id, version: measuredVersion, product })),
      {},
    )
    done += batch.length
    report(done)
  })
  const visible = secondsSince(start)
  await writer.save()
  return { visible, durable: secondsSince(start) }
}

/** Seconds until every vector is found. */
export async function fillVectors(
  { writer }: ProductIndex,
  { batches }: BesideCatalogue,
  vectors: Float32Array,
): Promise<number> {
  const start = performance.now()
  let at = 0
  await underWay(batches(), async (batch) => {
    const from = at
    at += batch.length
    const changes = batch.map(({ id }, i) => {
      const values = vectors.subarray((from + i) * dimensions, (from + i + 1) * dimensions)
      return { productId: id, encoder, version: 1, vector: encodeVector(values) }
    })
    await writer.applyVectors(changes, {})
  })
  return secondsSince(start)
}

const secondsSince = (start: number): number => (performance.now() - start) / 1_000

async function underWay<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const lane = async () => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: mostUnderWay }, lane))
}
