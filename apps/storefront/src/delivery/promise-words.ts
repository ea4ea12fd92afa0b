import type { api } from '../api.ts'

export type Delivery = Awaited<ReturnType<typeof api.delivery>>
export type DeliveryPromise = NonNullable<Delivery['promise']>

const dayMs = 86_400_000

/** "About N days": nothing arrives on the spot, and nobody plans by tenths. */
export const wholeDays = (days: number): number => Math.max(1, Math.round(days))

/** The day that nine of ten do not exceed; a part of a day counts as one. */
export const latestDate = (latestDays: number, now: number): number => now + Math.max(1, Math.ceil(latestDays)) * dayMs

export type Lateness = 'hardly' | 'seldom' | 'sometimes' | 'often'

/** A probability as people say it. */
export function lateness(probability: number): Lateness {
  if (probability < 0.03) return 'hardly'
  if (probability < 0.1) return 'seldom'
  return probability < 0.25 ? 'sometimes' : 'often'
}

/** Where several things are ordered, all are there when the slowest is; null as soon as one is not known. */
export function slowest(days: readonly (number | null | undefined)[]): number | null {
  if (days.length === 0) return null
  return days.reduce<number | null>(
    (most, each) => (most === null || each === null || each === undefined ? null : Math.max(most, each)),
    0,
  )
}
