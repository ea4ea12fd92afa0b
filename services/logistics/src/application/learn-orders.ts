import type { Order } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { KnownOrder, KnownProduct } from '../domain/known.ts'
import { categoryKey, factsOf, faultOf, type OrderFacts } from '../domain/order-fact.ts'
import { addSums, noSums, type Sums } from '../domain/sums.ts'
import type { FactWrites } from '../ports/fact-store.port.ts'
import { foretelling } from './foretell.ts'
import { listRegions } from './list-regions.ts'
import { readNote, writeNote } from './notes.ts'
import { placesOf } from './place-regions.ts'

/** An order with the version of its event; null: there is no such order any more. */
export type OrderVersion = Readonly<{ orderId: string; version: number; order: Order | null }>

const nothing: OrderFacts = Object.freeze({})

/**
 * Takes orders in, each in the place of what it said before: whatever came twice, or out of order, the sums are those of the newest
 * versions. Answers with the products that they are about.
 */
export async function learnOrders(
  facts: FactWrites,
  given: readonly OrderVersion[],
  clock: Clock,
): Promise<readonly string[]> {
  const held = await facts.get<KnownOrder>(
    'order',
    given.map(({ orderId }) => orderId),
  )
  const news = newest(given).filter(({ orderId, version }) => version > (held.get(orderId)?.version ?? -1))
  if (news.length === 0) return []
  const now = clock.now()
  const changes = news.map((each) => ({ ...each, fault: each.order && faultOf(each.order, now) }))
  const sound = await shippedFrom(
    facts,
    changes.flatMap(({ order, fault }) => (order === null || fault !== null ? [] : [order])),
  )
  const inOrder = sound.toSorted((a, b) => a.placedAt - b.placedAt)
  const places = await placesOf(facts)
  const foretell = await foretelling(facts, inOrder, { strengths: await readNote(facts, 'strengths'), places })
  const learned = new Map<string, KnownOrder>()
  for (const order of inOrder) {
    const before = held.get(order.orderId)?.content
    const foretold = before === undefined ? foretell.of(order) : before.foretold
    const wasJudged = before?.isJudged ?? false
    const isJudged = wasJudged || (await foretell.judge(order, foretold))
    if (order.deliveredAt !== null && before?.facts['all ']?.deliveries !== 1) foretell.arrives(order)
    learned.set(order.orderId, { facts: factsOf(order, places), foretold, isJudged, fault: null })
  }
  await foretell.keep()
  for (const { orderId, fault } of changes)
    if (!learned.has(orderId))
      learned.set(orderId, { facts: nothing, foretold: null, isJudged: false, fault: fault ?? '' })
  const leftOut = changes.filter(({ fault }) => fault !== null).length
  if (leftOut > 0) await writeNote(facts, 'leftOut', (await readNote(facts, 'leftOut')) + leftOut)
  await addUp(
    facts,
    news.map(({ orderId }) => ({
      before: held.get(orderId)?.content.facts ?? nothing,
      after: learned.get(orderId)!.facts,
    })),
  )
  await facts.put(
    'order',
    news.map(({ orderId, version }) => ({ key: orderId, version, content: learned.get(orderId) })),
  )
  await listRegions(facts, regionsIn(sound), clock, false)
  await moveOn(facts, sound, now)
  return learnShipping(facts, sound)
}

/** Where their lines are shipped from; of those that do not say it, from where the product was shipped before. */
async function shippedFrom(facts: FactWrites, orders: readonly Order[]): Promise<readonly Order[]> {
  const silent = orders.flatMap(({ lines }) => lines.filter(({ sellerRegion }) => sellerRegion === null))
  if (silent.length === 0) return orders
  const known = await facts.get<KnownProduct>('product', [...new Set(silent.map(({ productId }) => productId))])
  const regionOf = (productId: string) => known.get(productId)?.content.sellerRegion ?? null
  return orders.map((order) => ({
    ...order,
    lines: order.lines.map((line) => ({ ...line, sellerRegion: line.sellerRegion ?? regionOf(line.productId) })),
  }))
}

function newest(given: readonly OrderVersion[]): readonly OrderVersion[] {
  const byId = new Map<string, OrderVersion>()
  for (const each of given) if (each.version > (byId.get(each.orderId)?.version ?? -1)) byId.set(each.orderId, each)
  return [...byId.values()]
}

const regionsIn = (orders: readonly Order[]): readonly string[] =>
  orders
    .flatMap(({ region, lines }) => [region, ...lines.map(({ sellerRegion }) => sellerRegion)])
    .filter((name) => name !== null)

/** Takes back what was said before and adds what is said now, once for each sum. */
async function addUp(
  facts: FactWrites,
  changes: readonly Readonly<{ before: OrderFacts; after: OrderFacts }>[],
): Promise<void> {
  const keys = new Set(changes.flatMap(({ before, after }) => [...Object.keys(before), ...Object.keys(after)]))
  const held = await facts.get<Sums>('sum', [...keys])
  const sums = new Map([...keys].map((key) => [key, held.get(key)?.content ?? noSums]))
  for (const { before, after } of changes) {
    for (const [key, gone] of Object.entries(before)) sums.set(key, addSums(sums.get(key)!, gone, -1))
    for (const [key, more] of Object.entries(after)) sums.set(key, addSums(sums.get(key)!, more, 1))
  }
  await facts.put(
    'sum',
    [...sums].map(([key, content]) => ({ key, version: 0, content })),
  )
}

/** The time of the newest fact: evidence is as old as it is before that, not before this moment's clock. */
async function moveOn(facts: FactWrites, orders: readonly Order[], now: number): Promise<void> {
  const latest = orders.reduce((last, { placedAt, deliveredAt }) => Math.max(last, placedAt, deliveredAt ?? 0), 0)
  const reached = Math.min(latest, now)
  if (reached > (await readNote(facts, 'latest'))) await writeNote(facts, 'latest', reached)
}

/** Orders tell where a product is shipped from; of one that the catalogue has not told of, seller and category too. */
async function learnShipping(facts: FactWrites, orders: readonly Order[]): Promise<readonly string[]> {
  const lines = new Map(orders.flatMap((order) => order.lines).map((line) => [line.productId, line]))
  const held = await facts.get<KnownProduct>('product', [...lines.keys()])
  const changed = [...lines].flatMap(([key, { seller, sellerRegion, categoryPath }]) => {
    const known = held.get(key)
    const category = categoryPath.length === 0 ? null : categoryKey(categoryPath)
    const content: KnownProduct = known?.content ?? { seller, sellerRegion, category, isActive: true }
    if (known !== undefined && (sellerRegion === null || content.sellerRegion === sellerRegion)) return []
    return [
      {
        key,
        version: known?.version ?? 0,
        content: { ...content, sellerRegion: sellerRegion ?? content.sellerRegion },
      },
    ]
  })
  await facts.put('product', changed)
  return [...lines.keys()]
}
