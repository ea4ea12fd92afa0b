import type { Order } from '@eip/contracts'
import { type CalibrationSums, judged } from '../domain/calibration.ts'
import { distanceBand, type Places } from '../domain/distance.ts'
import type { Foretold } from '../domain/known.ts'
import { daysOf, factsOf, routeKey } from '../domain/order-fact.ts'
import { leadDays, promisedRates, type Strengths } from '../domain/rates.ts'
import { addSums, noSums, type Sums, scaleOf } from '../domain/sums.ts'
import type { FactWrites } from '../ports/fact-store.port.ts'
import { readNote, writeNote } from './notes.ts'

const dayMs = 86_400_000
const all = 'all '
/** Begins the keys of sums that only foretelling knows, and of deliveries that it does not know yet. */
const known = (key: string) => `known ${key}`
const pendingPrefix = 'pending '
const pendingKey = (at: number, orderId: string) => `${pendingPrefix}${String(at).padStart(15, '0')} ${orderId}`
const lookAhead = 1_000

type Pending = Readonly<{ at: number; facts: Readonly<Record<string, Sums>> }>

/** Keys by which an order is foretold: how far it goes, who sends it, from where to where. */
const keysOf = ({ lines, region }: Order, places: Places) => {
  const [first] = lines
  const distance = distanceBand(first?.sellerRegion ?? null, region, places)
  return {
    distance: distance === null ? null : `distance ${distance}`,
    route: `route ${routeKey(first?.sellerRegion ?? null, region)}`,
    seller: first?.seller === null || first === undefined ? null : `seller ${first.seller}`,
  }
}

/**
 * Foretells orders from what was known when each was placed, and judges what was foretold when it has arrived.
 *
 *     placed ──── another arrives ──── placed            the second is foretold by the first one's delivery, …
 *                 └ pending until then ┘                 … whichever order the books come in
 *
 * Deliveries wait under the time at which they were known; an order that was placed later lets all of them in that came before it.
 */
export async function foretelling(
  facts: FactWrites,
  orders: readonly Order[],
  { strengths, places }: Readonly<{ strengths: Strengths; places: Places }>,
) {
  const lastPlaced = orders.reduce((latest, { placedAt }) => Math.max(latest, placedAt), 0)
  const folded = await readNote(facts, 'folded')
  const waiting: { key: string; content: Pending }[] = []
  for (let after: string | null = folded === '' ? null : folded; ; after = waiting.at(-1)!.key) {
    const page = await facts.page<Pending>('note', after, lookAhead, pendingPrefix)
    const known = page.filter(({ content }) => content.at <= lastPlaced)
    waiting.push(...known)
    if (known.length < lookAhead) break
  }
  const keys = new Set([all, ...waiting.flatMap(({ content }) => Object.keys(content.facts))])
  for (const order of orders) for (const key of Object.values(keysOf(order, places))) if (key !== null) keys.add(key)
  const held = await facts.get<Sums>('sum', [...keys].map(known))
  const sums = new Map([...keys].map((key) => [key, held.get(known(key))?.content ?? noSums]))
  const touched = new Set<string>()
  let next = 0
  let calibration: CalibrationSums | null = null
  /** Orders of this change that have arrived, and are not known to others yet. */
  let arriving: Readonly<{ order: Order; at: number }>[] = []

  const letIn = (facts: Pending['facts']) => {
    for (const [key, more] of Object.entries(facts)) {
      sums.set(key, addSums(sums.get(key) ?? noSums, more, 1))
      touched.add(key)
    }
  }
  return {
    /** Orders have to be asked for in the order of their placing. null: nothing is known yet. */
    of(order: Order): Foretold | null {
      while (next < waiting.length && waiting[next]!.content.at <= order.placedAt) letIn(waiting[next++]!.content.facts)
      for (const { order: other } of arriving.filter(({ at }) => at <= order.placedAt)) letIn(wanted(other, places))
      arriving = arriving.filter(({ at }) => at > order.placedAt)
      const whole = sums.get(all)!
      if (whole.wPromised === 0) return null
      const { distance, seller, route } = keysOf(order, places)
      const groups = [
        ...(distance === null ? [] : [{ kind: 'distance', sums: sums.get(distance) } as const]),
        ...(seller === null ? [] : [{ kind: 'seller', sums: sums.get(seller) } as const]),
        { kind: 'route', sums: sums.get(route) } as const,
      ]
      const rates = promisedRates(whole, groups, strengths, scaleOf(whole, order.placedAt))
      return { lateProbability: rates.delay, days: leadDays(rates) ?? 0, base: whole.wLate / whole.wPromised }
    },
    /** Judges an order that has arrived, where something was foretold and promised; answers whether it could. */
    async judge(order: Order, foretold: Foretold | null): Promise<boolean> {
      const days = daysOf(order)
      if (days === null || order.promisedAt === null || foretold === null) return false
      calibration ??= await readNote(facts, 'calibration')
      const carrierDays = (order.promisedAt - order.placedAt) / dayMs
      calibration = judged(calibration, foretold, { days, carrierDays, isLate: order.deliveredAt! > order.promisedAt })
      return true
    },
    /** Known from now on to those that are placed after it arrived. */
    arrives(order: Order): void {
      arriving.push({ order, at: order.deliveredAt! })
    },
    /** Keeps what changed. */
    async keep(): Promise<void> {
      const reached = next === 0 ? folded : waiting[next - 1]!.key
      const coming = arriving.flatMap(({ order, at }) => {
        const key = pendingKey(at, order.orderId)
        if (key > reached) return [{ key, version: 0, content: { at, facts: wanted(order, places) } }]
        // Those placed later were foretold already: what comes after them is known from now on.
        letIn(wanted(order, places))
        return []
      })
      await facts.put('note', coming)
      await facts.put(
        'sum',
        [...touched].map((key) => ({ key: known(key), version: 0, content: sums.get(key) })),
      )
      if (reached !== folded) await writeNote(facts, 'folded', reached)
      if (calibration !== null) await writeNote(facts, 'calibration', calibration)
    },
  }
}

/** What an order that arrived adds to the sums by which others are foretold. */
function wanted(order: Order, places: Places): Pending['facts'] {
  const facts = factsOf(order, places)
  return Object.fromEntries(
    [...Object.values(keysOf(order, places)), all].flatMap((key) => (key && facts[key] ? [[key, facts[key]]] : [])),
  )
}
