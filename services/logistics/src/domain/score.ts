import { type LogisticsScore, logisticsWeights } from '@eip/contracts'
import type { Demand, KnownProduct } from './known.ts'
import { leadDays, type Rates } from './rates.ts'
import { smoothed } from './smoothing.ts'

/** The shop's own share of demand that is not met; a product with little demand is believed to be like it. */
const usualShortage = 0.02
const strengthOfShortage = 20

const clamped = (value: number): number => Math.min(1, Math.max(0, value))
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** `unit`: what a unit that is asked for now weighs. */
export const shortageOf = ({ asked, unmet }: Demand, unit: number): number =>
  smoothed({ hits: unmet / unit, trials: asked / unit }, usualShortage, strengthOfShortage)

export type Coverage = Readonly<{ regions: readonly string[] | null; bits: number | null }>

/** What is told of a product. Rounded, so that what nobody could notice is not told. */
export function scoreOf(
  productId: string,
  { seller, sellerRegion }: KnownProduct,
  rates: Rates,
  shortage: number,
  coverage: Coverage,
): LogisticsScore {
  const { delay, return: back } = logisticsWeights
  const score = clamped(1 - (delay * rates.delay + back * rates.return + logisticsWeights.shortage * shortage))
  const days = leadDays(rates)
  return {
    productId,
    score: rounded(score, 4),
    delayRate: rounded(clamped(rates.delay), 4),
    returnRate: rounded(clamped(rates.return), 4),
    shortageRate: rounded(clamped(shortage), 4),
    cancellationRate: rounded(clamped(rates.cancellation), 4),
    leadTimeDays: days === null ? null : rounded(days, 1),
    seller,
    sellerRegion,
    regions: coverage.regions === null ? null : [...coverage.regions],
    coverage: coverage.bits,
  }
}

const leadTimeStep = 0.5

/** Whether the score is worth telling after what was told last. */
export function hasMoved(told: LogisticsScore | null, now: LogisticsScore, step: number): boolean {
  if (told === null) return true
  if (told.coverage !== now.coverage || told.seller !== now.seller || told.sellerRegion !== now.sellerRegion)
    return true
  if (Math.abs(told.score - now.score) >= step) return true
  if (told.leadTimeDays === null || now.leadTimeDays === null) return told.leadTimeDays !== now.leadTimeDays
  return Math.abs(told.leadTimeDays - now.leadTimeDays) >= leadTimeStep
}
