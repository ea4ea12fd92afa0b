import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Versions } from '../shop.ts'
import { openStage } from './stage.fixture.ts'
import { type ComparedPart, republish, verifyPart } from './verify-shop.ts'
import { type Difference, differencesIn } from './verify-view.ts'

let stage: Awaited<ReturnType<typeof openStage>>
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const rates = { delayRate: 0.25, returnRate: 0, shortageRate: 0, cancellationRate: 0, leadTimeDays: null, coverage: 3 }
const seller = { seller: null, sellerRegion: null, regions: null }

/** An inventory and a logistics that have what they are given, and publish straight into the view. */
function owners() {
  const stock = new Map<string, { id: string; version: number; atp: number; daysOfCover: number | null }>()
  const scores = new Map<string, { id: string; version: number; score: number } & typeof rates & typeof seller>()
  const publish = async (id: string) => {
    const [held, score] = [stock.get(id), scores.get(id)]
    if (held !== undefined)
      await stage.writer.applyColumns(
        [{ owner: 'inventory', id, version: held.version, numbers: { atp: held.atp, daysOfCover: held.daysOfCover } }],
        {},
      )
    if (score === undefined) return
    const { cancellationRate: _, ...numbers } = rates
    const change = { owner: 'logistics', id, version: score.version } as const
    await stage.writer.applyColumns([{ ...change, numbers: { ...numbers, logisticsScore: score.score } }], {})
  }
  const page = async <Version>(of: ReadonlyMap<string, Version>, { ids, after, limit = 1_000 }: Asked) => {
    const wanted = ids ?? [...of.keys()].filter((id) => after === undefined || id > after).slice(0, limit)
    const next = ids === undefined && wanted.length === limit ? wanted.at(-1)! : null
    return { versions: wanted.flatMap((id) => of.get(id) ?? []), next }
  }
  const again = async <Fact extends { version: number }>(
    of: Map<string, Fact>,
    nothing: (id: string) => Fact,
    { products }: Repaired,
  ) => {
    for (const { id, above } of products) {
      const held = of.get(id) ?? nothing(id)
      of.set(id, held)
      held.version = Math.max(held.version, above) + 1
      await publish(id)
    }
    return { republished: products.length }
  }
  const noStock = (id: string) => ({ id, version: 0, atp: 0, daysOfCover: null })
  const noScore = (id: string) => ({ id, version: 0, score: 1, ...rates, ...seller })
  const versions: Versions = {
    ofSource: (asked) => stage.products.listVersions(asked),
    ofView: (asked) => stage.view.listVersions(asked),
    republish: (asked) => stage.products.republishProducts(asked),
    ofStock: (asked) => page(stock, asked),
    ofScores: (asked) => page(scores, asked),
    republishStock: (asked) => again(stock, noStock, asked),
    republishScores: (asked) => again(scores, noScore, asked),
    unpublishedColumns: async () => 0,
  }
  const indexState = async () => ({ documents: 0, behind: 0, unpublished: 0, parked: 0 })
  return { stock, scores, publish, shop: { versions, indexState } }
}
type Asked = Readonly<{ ids?: string[] | undefined; after?: string | undefined; limit?: number | undefined }>
type Repaired = Readonly<{ products: readonly { id: string; above: number }[] }>

async function differences(shop: ReturnType<typeof owners>['shop'], part: ComparedPart) {
  const all: Difference[] = []
  const onDifferences = async (some: readonly Difference[]) => void all.push(...some)
  await verifyPart(shop, part, { pageSize: 2, onDifferences })
  return all
}
const kinds = (all: readonly Difference[]) => Object.fromEntries(all.map(({ id, kind }) => [id, kind]))

it('finds stock and scores that differ from what their owners say, and has these publish them once more', async () => {
  const { stock, scores, publish, shop } = owners()
  const ids = ['a', 'b', 'c', 'd', 'e']
  for (const [at, id] of ids.entries()) {
    stock.set(id, { id, version: 5, atp: at, daysOfCover: at === 0 ? null : at / 2 })
    scores.set(id, { id, version: 5, score: 0.5, ...rates, ...seller })
  }
  for (const id of ids.slice(0, 4)) await publish(id)
  stock.get('b')!.version = 6
  stock.get('c')!.atp = 7
  scores.get('d')!.score = 0.75
  await stage.writer.applyColumns([{ owner: 'inventory', id: 'ghost', version: 3, numbers: { atp: 1 } }], {})

  const [ofStock, ofScores] = [await differences(shop, 'stock'), await differences(shop, 'logistics')]
  expect(kinds(ofStock)).toEqual({ b: 'stale', c: 'different', e: 'missing', ghost: 'extra' })
  expect(kinds(ofScores)).toEqual({ d: 'different', e: 'missing' })
  expect(await differences(shop, 'products')).toEqual([])

  await republish(shop.versions, 'stock', ofStock)
  await republish(shop.versions, 'logistics', ofScores)
  expect(differencesIn(await verifyPart(shop, 'stock', {}))).toBe(0)
  expect(differencesIn(await verifyPart(shop, 'logistics', {}))).toBe(0)
})
