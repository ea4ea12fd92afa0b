import { categoryPathSeparator, type Order } from '@eip/contracts'

export type FactKind = 'product' | 'category'

/** One purchase of a product, or of a category, by somebody. */
export type PurchaseMark = Readonly<{ customer: string; kind: FactKind; subject: string; at: number }>

/** Between which times somebody is known to have bought it. */
export type PurchaseSpan = Readonly<{ firstAt: number; lastAt: number }>

/** So many times so many days lay between two purchases. */
export type Interval = Readonly<{ kind: FactKind; subject: string; days: number; times: number }>

const dayMs = 86_400_000

/** An order counts once for each product and each category, however many lines or pieces it has of it. */
export function marksOf({ customer, lines, paidAt }: Order): PurchaseMark[] {
  if (paidAt === null) return []
  const subjectsOf = (kind: FactKind, subjects: readonly string[]) =>
    [...new Set(subjects)].map((subject) => ({ customer, kind, subject, at: paidAt }))
  const paths = lines.filter(({ categoryPath }) => categoryPath.length > 0)
  return [
    ...subjectsOf(
      'product',
      lines.map(({ productId }) => productId),
    ),
    ...subjectsOf(
      'category',
      paths.map(({ categoryPath }) => categoryPath.join(categoryPathSeparator)),
    ),
  ]
}

export const spanKey = ({ customer, kind, subject }: Omit<PurchaseMark, 'at'>): string =>
  JSON.stringify([customer, kind, subject])

/**
 * Takes marks into what is known of each, in their order of time. `known` changes in place. History may come in any order: a purchase
 * before or after all that are known of it adds its distance to them; one in between adds nothing, as its neighbours are not kept.
 */
export function takeMarks(known: Map<string, PurchaseSpan>, marks: readonly PurchaseMark[]) {
  const touched = new Map<string, PurchaseMark>()
  const intervals = new Map<string, Interval>()
  const add = ({ kind, subject }: PurchaseMark, distance: number) => {
    const days = Math.round(distance / dayMs)
    const name = JSON.stringify([kind, subject, days])
    intervals.set(name, { kind, subject, days, times: (intervals.get(name)?.times ?? 0) + 1 })
  }
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const name = spanKey(mark)
    const span = known.get(name)
    const { firstAt, lastAt } = span ?? { firstAt: mark.at, lastAt: mark.at }
    known.set(name, { firstAt: Math.min(firstAt, mark.at), lastAt: Math.max(lastAt, mark.at) })
    touched.set(name, mark)
    if (span === undefined) continue
    if (mark.at >= lastAt) add(mark, mark.at - lastAt)
    else if (mark.at < firstAt) add(mark, firstAt - mark.at)
  }
  const spans = [...touched].map(([name, { customer, kind, subject }]) => ({
    customer,
    kind,
    subject,
    ...known.get(name)!,
  }))
  return { spans, intervals: [...intervals.values()] }
}

/** `counts`: by days, in their order. */
export function factOf(counts: readonly Readonly<{ days: number; times: number }>[]) {
  const intervals = counts.reduce((sum, { times }) => sum + times, 0)
  const daysAt = (place: number) => {
    let passed = 0
    for (const { days, times } of counts) {
      passed += times
      if (place < passed) return days
    }
    return 0
  }
  if (intervals === 0) return { intervals, medianDays: null }
  return { intervals, medianDays: (daysAt((intervals - 1) >> 1) + daysAt(intervals >> 1)) / 2 }
}
