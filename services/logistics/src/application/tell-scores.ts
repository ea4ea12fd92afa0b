import { type LogisticsScore, scoreChanged } from '@eip/contracts'
import { type Clock, newId } from '@eip/kernel'
import { type Demand, type KnownCoverage, type KnownProduct, noDemand } from '../domain/known.ts'
import { chainedRates, type Rates, type Strengths } from '../domain/rates.ts'
import { hasMoved, scoreOf, shortageOf } from '../domain/score.ts'
import { demandHalfLifeDays, noSums, type Sums, scaleOf, weightAt } from '../domain/sums.ts'
import type { Fact, FactReads, FactWrites } from '../ports/fact-store.port.ts'
import { regionBits } from './list-regions.ts'
import { readNote } from './notes.ts'

/** Rates of products, each leaning on its seller, its category and the whole. */
export async function productRates(
  facts: FactReads,
  products: ReadonlyMap<string, KnownProduct>,
): Promise<ReadonlyMap<string, Rates>> {
  const keysOf = (id: string, { seller, category }: KnownProduct) =>
    ({
      product: `product ${id}`,
      seller: seller === null ? null : `seller ${seller}`,
      category: category === null ? null : `category ${category}`,
    }) as const
  const wanted = [...products].flatMap(([id, known]) => Object.values(keysOf(id, known)))
  const held = await facts.get<Sums>('sum', ['all ', ...wanted.filter((key) => key !== null)])
  const sumsOf = (key: string | null) => (key === null ? undefined : held.get(key)?.content)
  const strengths: Strengths = await readNote(facts, 'strengths')
  const all = sumsOf('all ') ?? noSums
  const scale = scaleOf(all, await readNote(facts, 'latest'))
  return new Map(
    [...products].map(([id, known]) => {
      const keys = keysOf(id, known)
      const groups = (['category', 'seller', 'product'] as const).map((kind) => ({ kind, sums: sumsOf(keys[kind]) }))
      return [id, chainedRates(all, groups, strengths, scale)]
    }),
  )
}

/** Tells anew what is known of these products, where it moved by more than a step since it was told last. Answers how many that were. */
export async function tellScores(
  facts: FactWrites,
  productIds: Iterable<string>,
  { clock, step }: Readonly<{ clock: Clock; step: number }>,
): Promise<number> {
  const ids = [...new Set(productIds)]
  if (ids.length === 0) return 0
  const held = await facts.get<KnownProduct>('product', ids)
  const products = new Map([...held].map(([key, { content }]) => [key, content]))
  const rates = await productRates(facts, products)
  const demands = await facts.get<Demand>('demand', ids)
  const sellers = [...products.values()].flatMap(({ seller }) => (seller === null ? [] : [seller]))
  const coverages = await facts.get<KnownCoverage>('coverage', sellers)
  const told = await facts.get<LogisticsScore>('score', ids)
  const bits = await regionBits(facts)
  const now = clock.now()
  const unit = weightAt(now, demandHalfLifeDays)
  const moved = [...products].flatMap(([id, known]): Fact<LogisticsScore>[] => {
    const regions = (known.seller === null ? null : coverages.get(known.seller)?.content.regions) ?? null
    const coverage = { regions, bits: regions === null ? null : bitsOf(regions, bits) }
    const shortage = shortageOf(demands.get(id)?.content ?? noDemand, unit)
    const score = scoreOf(id, known, rates.get(id)!, shortage, coverage)
    const before = told.get(id)
    if (!hasMoved(before?.content ?? null, score, step)) return []
    return [{ key: id, version: (before?.version ?? 0) + 1, content: score }]
  })
  await putScores(facts, moved, now)
  return moved.length
}

const bitsOf = (regions: readonly string[], bits: ReadonlyMap<string, number>): number =>
  regions.reduce((sum, region) => sum + 2 ** bits.get(region)!, 0)

/** Keeps scores and tells of them. */
export async function putScores(
  facts: FactWrites,
  scores: readonly Fact<LogisticsScore>[],
  now: number,
): Promise<void> {
  if (scores.length === 0) return
  await facts.put('score', scores)
  await facts.publish(
    scoreChanged,
    scores.map(({ key, version, content }) => ({
      ...{ id: newId(now), schema: scoreChanged.schema, key, version, occurredAt: now, recordedAt: now },
      ...{ deleted: false, market: {}, payload: content },
    })),
  )
}
