import type { Lake } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'

/** Orders of the whole data set by status, as Olist published it. */
export const wholeOlist: Readonly<Record<string, number>> = Object.freeze({
  ...{ delivered: 96_478, shipped: 1_107, unavailable: 609, canceled: 625 },
  ...{ invoiced: 314, processing: 301, created: 5, approved: 2 },
})

/**
 * How many orders of the whole data set an order stands for, by its status; 1 for what is not a sample of this kind. The sample that is
 * passed around keeps every order that was not delivered, and one in nineteen of those that were: a rate taken from it unweighted
 * is wrong by a factor of up to nineteen.
 */
export function sampleWeights(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const others = Object.keys(wholeOlist).filter((status) => status !== 'delivered')
  const sumOf = (each: Readonly<Record<string, number>>) => others.reduce((sum, status) => sum + (each[status] ?? 0), 0)
  const keepsAllOthers = sumOf(counts) >= 0.95 * sumOf(wholeOlist)
  const delivered = counts.delivered ?? 0
  const weight = keepsAllOthers && delivered > 0 ? Math.max(1, wholeOlist.delivered! / delivered) : 1
  return Object.fromEntries(Object.keys(wholeOlist).map((status) => [status, status === 'delivered' ? weight : 1]))
}

/** The weights of what was read. */
export async function readWeights(lake: Lake, { orders }: OlistSources): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for await (const rows of lake.query(`SELECT status, count(*)::INTEGER AS n FROM ${orders} GROUP BY 1`))
    for (const { status, n } of rows) counts[String(status)] = Number(n)
  return sampleWeights(counts)
}
