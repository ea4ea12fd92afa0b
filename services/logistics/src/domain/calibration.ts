import type { Calibration } from '@eip/contracts'
import type { Foretold } from './known.ts'

const binCount = 10

/** Sums over deliveries that were foretold, ten bins of the probability. */
export type CalibrationSums = Readonly<{
  deliveries: number
  brier: number
  baseBrier: number
  error: number
  carrierError: number
  bins: readonly Readonly<{ deliveries: number; said: number; late: number }>[]
}>

export const noCalibration: CalibrationSums = Object.freeze({
  ...{ deliveries: 0, brier: 0, baseBrier: 0, error: 0, carrierError: 0 },
  bins: Array.from({ length: binCount }, () => ({ deliveries: 0, said: 0, late: 0 })),
})

/** What came of a delivery: days to the door, days that the carrier had named, and whether it was later than promised. */
export type Outcome = Readonly<{ days: number; carrierDays: number; isLate: boolean }>

/** Brier (1950): the squared distance of what was said from what came. */
export function judged(
  sums: CalibrationSums,
  foretold: Foretold,
  { days, carrierDays, isLate }: Outcome,
): CalibrationSums {
  const came = Number(isLate)
  const at = Math.min(binCount - 1, Math.floor(foretold.lateProbability * binCount))
  const bin = sums.bins[at]!
  const next = { deliveries: bin.deliveries + 1, said: bin.said + foretold.lateProbability, late: bin.late + came }
  return {
    deliveries: sums.deliveries + 1,
    brier: sums.brier + (foretold.lateProbability - came) ** 2,
    baseBrier: sums.baseBrier + (foretold.base - came) ** 2,
    error: sums.error + Math.abs(foretold.days - days),
    carrierError: sums.carrierError + Math.abs(carrierDays - days),
    bins: sums.bins.with(at, next),
  }
}

export function calibrationOf({ deliveries, ...sums }: CalibrationSums): Calibration {
  const mean = (sum: number, of = deliveries) => (of === 0 ? null : sum / of)
  return {
    deliveries,
    brier: mean(sums.brier),
    baseBrier: mean(sums.baseBrier),
    meanAbsoluteError: mean(sums.error),
    carrierMeanAbsoluteError: mean(sums.carrierError),
    bins: sums.bins.map(({ deliveries: count, said, late }, at) => ({
      ...{ from: at / binCount, to: (at + 1) / binCount, deliveries: count },
      ...{ said: mean(said, count), came: mean(late, count) },
    })),
  }
}

/** What came after `earlier` was told. */
export const withoutSums = (all: CalibrationSums, earlier: CalibrationSums): CalibrationSums => ({
  deliveries: all.deliveries - earlier.deliveries,
  brier: all.brier - earlier.brier,
  baseBrier: all.baseBrier - earlier.baseBrier,
  error: all.error - earlier.error,
  carrierError: all.carrierError - earlier.carrierError,
  bins: all.bins.map((bin, at) => ({
    deliveries: bin.deliveries - earlier.bins[at]!.deliveries,
    said: bin.said - earlier.bins[at]!.said,
    late: bin.late - earlier.bins[at]!.late,
  })),
})
