import { searchFailure } from '@eip/contracts'

/** Inclusive on both sides; null is open. */
export type NumberRange = Readonly<{ minimum: number | null; maximum: number | null }>

const number = '-?\\d{1,15}(?:\\.\\d{1,9})?'
const rangePattern = new RegExp(`^(${number})?\\.\\.(${number})?$`)
const numberPattern = new RegExp(`^${number}$`)

const boundOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text))

/** Reads `10..50`, `10..`, `..50` or one number. Throws `search.bad-filter`, naming the field. */
export function parseNumberRange(field: string, text: string): NumberRange {
  const trimmed = text.trim()
  if (numberPattern.test(trimmed)) return { minimum: Number(trimmed), maximum: Number(trimmed) }
  const match = rangePattern.exec(trimmed)
  const shown = `${field}:${trimmed.slice(0, 80).toWellFormed()}`
  if (!match || trimmed === '..')
    throw searchFailure('search.bad-filter', `filter "${shown}" is not a range of numbers`, { field })
  const range = { minimum: boundOf(match[1]), maximum: boundOf(match[2]) }
  if (range.minimum !== null && range.maximum !== null && range.minimum > range.maximum)
    throw searchFailure('search.bad-filter', `filter "${shown}" begins above its end`, { field })
  return range
}

const lowest = (range: NumberRange): number => range.minimum ?? Number.NEGATIVE_INFINITY
const highest = (range: NumberRange): number => range.maximum ?? Number.POSITIVE_INFINITY

/**
 * Alternatives as the one range that admits exactly what they admit, for the index filters a column by one range.
 * Throws `search.bad-filter` where they leave a gap.
 */
export function uniteRanges(field: string, ranges: readonly [NumberRange, ...NumberRange[]]): NumberRange {
  const [first, ...others] = ranges.toSorted((a, b) => lowest(a) - lowest(b)) as [NumberRange, ...NumberRange[]]
  return others.reduce((united, range) => {
    if (lowest(range) > highest(united)) {
      const gap = `above ${highest(united)} and below ${lowest(range)}`
      throw searchFailure('search.bad-filter', `the ranges of filter "${field}" leave a gap, ${gap}`, { field })
    }
    return highest(range) > highest(united) ? { minimum: united.minimum, maximum: range.maximum } : united
  }, first)
}
