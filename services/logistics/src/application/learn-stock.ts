import { type Demand, type KnownStock, noDemand } from '../domain/known.ts'
import { demandHalfLifeDays, weightAt } from '../domain/sums.ts'
import type { FactWrites } from '../ports/fact-store.port.ts'

/** Units that were asked for since ever, and those that stock did not meet. `at`: when the newest of them were asked for. */
export type StockVersion = Readonly<{ id: string; version: number; at: number; asked: number; unmet: number }>

/** Takes in what was asked for since the last time. Answers with the products of which anything was. */
export async function learnStock(
  facts: FactWrites,
  given: readonly StockVersion[],
  now: number,
): Promise<readonly string[]> {
  const ids = given.map(({ id }) => id)
  const stocks = new Map(await facts.get<KnownStock>('stock', ids))
  const demands = new Map([...(await facts.get<Demand>('demand', ids))].map(([key, { content }]) => [key, content]))
  const [touched, changed] = [new Set<string>(), new Set<string>()]
  for (const { id, version, at, asked, unmet } of given) {
    const held = stocks.get(id)
    if (version <= (held?.version ?? -1)) continue
    // Most of what moves stock is no demand: units since ever that are as they were say nothing, whichever version tells them.
    if (asked === (held?.content.asked ?? 0) && unmet === (held?.content.unmet ?? 0)) continue
    changed.add(id)
    stocks.set(id, { key: id, version, content: { asked, unmet } })
    const more = { asked: asked - (held?.content.asked ?? 0), unmet: unmet - (held?.content.unmet ?? 0) }
    if (more.asked <= 0) continue
    // A clock that is ahead must not outweigh everybody else's demand.
    const weight = weightAt(Math.min(at, now), demandHalfLifeDays)
    const before = demands.get(id) ?? noDemand
    demands.set(id, {
      asked: before.asked + weight * more.asked,
      unmet: before.unmet + weight * Math.max(0, more.unmet),
    })
    touched.add(id)
  }
  await facts.put(
    'stock',
    [...changed].map((id) => stocks.get(id)!),
  )
  await facts.put(
    'demand',
    [...touched].map((key) => ({ key, version: 0, content: demands.get(key) })),
  )
  return [...touched]
}
