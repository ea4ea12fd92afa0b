import type { Calibration } from '@eip/contracts'

export type CalibrationBin = Calibration['bins'][number]

/** A point of the picture: shares from 0 to 1, and its radius in units of the picture. */
export type ReliabilityPoint = Readonly<{ said: number; came: number; deliveries: number; radius: number }>

const smallest = 4
const largest = 16

/** Bins that hold anything, as points whose area says how many deliveries there are. */
export function reliabilityPoints(bins: readonly CalibrationBin[]): readonly ReliabilityPoint[] {
  const most = Math.max(1, ...bins.map(({ deliveries }) => deliveries))
  return bins.flatMap(({ said, came, deliveries }) =>
    said === null || came === null || deliveries === 0
      ? []
      : [{ said, came, deliveries, radius: Math.max(smallest, largest * Math.sqrt(deliveries / most)) }],
  )
}

/** How far the axes reach: where nobody is said to be late by half, half of the picture would be empty. */
export function reachOf(points: readonly ReliabilityPoint[]): number {
  const most = Math.max(0.1, ...points.flatMap(({ said, came }) => [said, came]))
  return Math.min(1, Math.ceil(most * 10) / 10)
}

/** Where the axes are marked: by tenths where there are few, else by fifths. */
export function marksTo(reach: number): readonly number[] {
  const tenths = Math.round(reach * 10)
  const step = tenths > 5 ? 2 : 1
  return Array.from({ length: Math.floor(tenths / step) + 1 }, (_, at) => (at * step) / 10)
}

/** Whether a figure is below what it is to be compared with; undefined where one of them is not known. */
export const isBelow = (value: number | null, baseline: number | null): boolean | undefined =>
  value === null || baseline === null ? undefined : value < baseline
