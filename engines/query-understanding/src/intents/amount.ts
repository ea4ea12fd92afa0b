import { currencyOf } from './currency.ts'
import { magnitudeOf, readNumber } from './number-reading.ts'
import type { QueryToken } from './query-token.ts'
import { type Unit, unitOf } from './unit-of-measure.ts'

/** One number with what is written on to it. */
export type Amount = Readonly<{
  first: number
  last: number
  value: number
  magnitude: number
  currency?: string
  unit?: Unit
}>

export const textAt = (tokens: readonly QueryToken[], index: number): string => tokens[index]?.text ?? ''

/** "$", "us$", "r$", "usd" that begins at `index`; answers its name and the index behind it. */
function currencyAt(tokens: readonly QueryToken[], index: number): [code: string, last: number] | undefined {
  if (tokens[index + 1]?.touches && textAt(tokens, index + 1) === '$') {
    const code = currencyOf(`${textAt(tokens, index)}$`)
    if (code !== undefined) return [code, index + 2]
  }
  const code = currencyOf(textAt(tokens, index))
  return code === undefined ? undefined : [code, index + 1]
}

/** The amount that begins at a token, with the currency before it or the currency or unit behind it. */
export function amountAt(
  tokens: readonly QueryToken[],
  index: number,
  pointsGroupThousands: boolean,
): Amount | undefined {
  const lead = currencyAt(tokens, index)
  const start = lead?.[1] ?? index
  const isNegative = textAt(tokens, start) === '-' && !tokens[start]?.touches && tokens[start + 1]?.touches === true
  const at = isNegative ? start + 1 : start
  const token = tokens[at]
  if (token?.kind !== 'number') return undefined
  const number = numberAt(tokens, at, pointsGroupThousands)
  if (number === undefined) return undefined
  const measured = lead === undefined ? unitAfter(tokens, number.last) : undefined
  // A hyphen before a number is a minus only of temperatures.
  const isMinus = isNegative && measured?.unit?.dimension === 'temperature'
  const value = isMinus ? -number.value : number.value
  const first = isNegative && !isMinus && lead === undefined ? at : index
  if (lead !== undefined) return { ...number, first, value, currency: lead[0] }
  // Ten thousands of nothing else are won.
  const implied = measured === undefined && number.magnitude >= 1_000 ? { currency: 'KRW' } : named(measured)
  return { ...number, first, value, last: measured?.last ?? number.last, ...implied }
}

/** What is known of the unit, as properties to spread. */
export const named = (unit: { unit?: Unit; currency?: string } | undefined): { unit?: Unit; currency?: string } => ({
  ...(unit?.unit === undefined ? {} : { unit: unit.unit }),
  ...(unit?.currency === undefined ? {} : { currency: unit.currency }),
})

type Numeral = Readonly<{ value: number; magnitude: number; last: number }>

/** A number of one or more tokens: "1,500", "1/2", "1-1/2", "3만", "3만 5천". */
function numberAt(tokens: readonly QueryToken[], index: number, pointsGroupThousands: boolean): Numeral | undefined {
  const fraction = fractionAt(tokens, index)
  if (fraction !== undefined) return fraction
  const whole = readNumber(textAt(tokens, index), pointsGroupThousands)
  if (!Number.isFinite(whole)) return undefined
  const gap = textAt(tokens, index + 1) === '-' ? 2 : 1
  const rest = fractionAt(tokens, index + gap)
  if (rest !== undefined && rest.value < 1) return { ...rest, value: whole + rest.value }
  return magnified(tokens, index + 1, whole, pointsGroupThousands)
}

function fractionAt(tokens: readonly QueryToken[], index: number): Numeral | undefined {
  const [upper, bar, lower] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  if (upper?.kind !== 'number' || bar?.text !== '/' || !bar.touches || lower?.kind !== 'number' || !lower.touches)
    return undefined
  const value = Number(upper.text) / Number(lower.text)
  return value > 0 && value < 100 ? { value, magnitude: 1, last: index + 3 } : undefined
}

/** The magnitudes behind a number, falling: 3만 5천 is 35,000. */
function magnified(
  tokens: readonly QueryToken[],
  index: number,
  first: number,
  pointsGroupThousands: boolean,
): Numeral {
  let magnitude = tokens[index]?.touches ? magnitudeOf(textAt(tokens, index)) : undefined
  if (magnitude === undefined) return { value: first, magnitude: 1, last: index }
  let value = first * magnitude
  let last = index + 1
  while (tokens[last]?.kind === 'number') {
    const next = readNumber(textAt(tokens, last), pointsGroupThousands)
    const smaller = magnitudeOf(textAt(tokens, last + 1))
    if (smaller === undefined || smaller >= magnitude || !tokens[last + 1]?.touches || !Number.isFinite(next)) break
    value += next * smaller
    magnitude = smaller
    last += 2
  }
  return { value, magnitude, last }
}

/** Words between which a separate "in" is a preposition: "42 in black", "2 in 1". */
const isPreposition = (tokens: readonly QueryToken[], index: number): boolean =>
  textAt(tokens, index) === 'in' &&
  tokens[index]?.touches === false &&
  tokens[index + 1] !== undefined &&
  /^(?:\d|a$|the$|black|white|red|blue|grey|gray|green|pink|brown|navy|beige|gold|silver)/.test(
    textAt(tokens, index + 1),
  )

function unitAfter(
  tokens: readonly QueryToken[],
  index: number,
): { unit?: Unit; currency?: string; last: number } | undefined {
  const at = textAt(tokens, index) === '-' && tokens[index]?.touches && tokens[index + 1]?.touches ? index + 1 : index
  const [one, two] = [textAt(tokens, at), textAt(tokens, at + 1)]
  if (one === '' || isPreposition(tokens, at)) return undefined
  const sign = one === '°' || one === '"' || one === "'" ? one : undefined
  if (sign === '°') {
    const unit = unitOf(two === 'f' ? '°f' : '°c')
    return unit === undefined ? undefined : { unit, last: two === 'f' || two === 'c' ? at + 2 : at + 1 }
  }
  if (sign !== undefined && !tokens[at]?.touches) return undefined
  const isCubic = (one === 'cu' || one === 'sq') && two === '.'
  const pair = isCubic ? `${one} ${textAt(tokens, at + 2)}` : `${one} ${two}`
  const double = unitOf(pair)
  if (double !== undefined) return { unit: double, last: at + (isCubic ? 3 : 2) }
  const currency = currencyAt(tokens, at)
  if (currency !== undefined) return { currency: currency[0], last: currency[1] }
  const unit = sign === "'" ? unitOf('ft') : unitOf(one)
  if (unit === undefined || isNetworkGeneration(tokens, at)) return undefined
  return { unit, last: at + 1 }
}

/** "5g phone" is no weight. */
const isNetworkGeneration = (tokens: readonly QueryToken[], unit: number): boolean =>
  textAt(tokens, unit) === 'g' && tokens[unit]?.touches === true && /^[2-6]$/.test(textAt(tokens, unit - 1))
