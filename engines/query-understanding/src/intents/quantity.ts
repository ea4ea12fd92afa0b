import { type Amount, amountAt, named, textAt } from './amount.ts'
import {
  type Comparison,
  comparisonsAfter,
  comparisonsBefore,
  LONGEST_COMPARISON,
  rangeClosers,
  rangeLinks,
  rangeOpeners,
} from './comparison.ts'
import { stepOf } from './number-reading.ts'
import type { QueryToken } from './query-token.ts'
import type { Unit } from './unit-of-measure.ts'

/** An amount or a range with the comparison around it, over tokens `first` to `last` (excluded). */
export type Quantity = Readonly<{
  first: number
  last: number
  minimum: number | null
  maximum: number | null
  currency?: string
  unit?: Unit
  /** `bounds`: a comparison or a range was said; `about`: some leeway was; `plain`: neither. */
  said: 'bounds' | 'about' | 'plain'
  isExplicit: boolean
}>

/** Reads amounts and ranges of amounts, from left to right, each token once. O(tokens). */
export function quantitiesOf(tokens: readonly QueryToken[], pointsGroupThousands: boolean): Quantity[] {
  const found: Quantity[] = []
  let from = 0
  for (let i = 0; i < tokens.length; i++) {
    const amount = amountAt(tokens, i, pointsGroupThousands)
    if (amount === undefined) continue
    const quantity = quantityOf(tokens, amount, from, pointsGroupThousands)
    found.push(quantity)
    i = quantity.last - 1
    from = quantity.last
  }
  return joinBounds(found)
}

function quantityOf(
  tokens: readonly QueryToken[],
  left: Amount,
  from: number,
  pointsGroupThousands: boolean,
): Quantity {
  const range = rangeOf(tokens, left, from, pointsGroupThousands)
  if (range !== undefined) return range
  const before = comparisonBefore(tokens, left.first, from)
  const after = comparisonAfter(tokens, left.last)
  const said = before ?? after
  const first = left.first - (before?.words ?? 0)
  const last = left.last + (before === undefined ? (after?.words ?? 0) : 0)
  const common = { first, last, ...named(left), isExplicit: said?.isExplicit === true }
  const { value } = left
  if (said === undefined) return { ...common, minimum: value, maximum: value, said: 'plain' }
  if (said.bound === 'about') {
    const isDecade = textAt(tokens, last - 1) === '대'
    if (isDecade)
      return { ...common, minimum: value, maximum: value + stepOf(value) - 1, said: 'bounds', isExplicit: true }
    return { ...common, minimum: value, maximum: value, said: 'about' }
  }
  const isMaximum = said.bound === 'maximum'
  return { ...common, minimum: isMaximum ? null : value, maximum: isMaximum ? value : null, said: 'bounds' }
}

/** "20-30 dollars", "between 20 and 30", "$20 to $30", "2~3만원", "2만원에서 3만원 사이". */
function rangeOf(
  tokens: readonly QueryToken[],
  left: Amount,
  from: number,
  pointsGroupThousands: boolean,
): Quantity | undefined {
  const link = textAt(tokens, left.last)
  if (!rangeLinks.has(link)) return undefined
  const right = amountAt(tokens, left.last + 1, pointsGroupThousands)
  if (right === undefined) return undefined
  const opener =
    left.first > from && rangeOpeners.has(textAt(tokens, left.first - 1)) ? textAt(tokens, left.first - 1) : undefined
  const isBetween = (opener === 'between' || opener === 'entre') && link !== '-'
  const currency = right.currency ?? left.currency
  const unit = right.unit ?? left.unit
  // "2 and 3 kg" and "iphone 12 - 13" are no ranges of anything.
  const needsOpener = link === 'and' || link === 'e'
  if (needsOpener ? !isBetween : currency === undefined && unit === undefined && !isBetween) return undefined
  if (left.unit !== undefined && right.unit !== undefined && left.unit !== right.unit) return undefined
  if ((left.currency !== undefined || right.currency !== undefined) && unit !== undefined) return undefined
  const scale =
    left.magnitude === 1 && left.currency === undefined && left.value < right.value / right.magnitude
      ? right.magnitude
      : 1
  const ends = [left.value * scale, right.value].sort((a, b) => a - b) as [number, number]
  const closer = rangeClosers.has(textAt(tokens, right.last)) ? 1 : 0
  return {
    first: left.first - (opener === undefined ? 0 : 1),
    last: right.last + closer,
    minimum: ends[0],
    maximum: ends[1],
    ...named({ ...(unit === undefined ? {} : { unit }), ...(currency === undefined ? {} : { currency }) }),
    said: 'bounds',
    isExplicit: true,
  }
}

function comparisonBefore(tokens: readonly QueryToken[], first: number, from: number): Comparison | undefined {
  for (let words = Math.min(LONGEST_COMPARISON, first - from); words > 0; words--) {
    const found = comparisonsBefore.get(phraseOf(tokens, first - words, first))
    if (found !== undefined) return found
  }
  return undefined
}

function comparisonAfter(tokens: readonly QueryToken[], last: number): Comparison | undefined {
  for (let words = LONGEST_COMPARISON; words > 0; words--) {
    const found = comparisonsAfter.get(phraseOf(tokens, last, last + words))
    // "대" and "+" count only where they are written on to the amount.
    if (found !== undefined && (words > 1 || tokens[last]?.touches || !/^[대+]$/.test(textAt(tokens, last))))
      return found
  }
  return undefined
}

const phraseOf = (tokens: readonly QueryToken[], first: number, last: number): string =>
  tokens
    .slice(first, last)
    .map(({ text }) => text)
    .join(' ')

/** "20리터 이상 50리터 이하": a lower and an upper bound side by side are one range. */
function joinBounds(quantities: readonly Quantity[]): Quantity[] {
  const joined: Quantity[] = []
  for (const quantity of quantities) {
    const before = joined.at(-1)
    const isPair =
      before !== undefined &&
      before.last === quantity.first &&
      before.unit === quantity.unit &&
      before.currency === quantity.currency &&
      before.maximum === null &&
      quantity.minimum === null
    if (isPair) joined[joined.length - 1] = { ...before, last: quantity.last, maximum: quantity.maximum }
    else joined.push(quantity)
  }
  return joined
}
