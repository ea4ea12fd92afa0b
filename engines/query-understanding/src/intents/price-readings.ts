import { currencyInCatalogue } from './currency.ts'
import type { IntentLexicon } from './intent-lexicon.ts'
import type { Quantity } from './quantity.ts'
import type { QueryToken } from './query-token.ts'
import { isCounted } from './query-words.ts'
import { rangeInWords } from './range-words.ts'
import type { Reading, SlotRange } from './slot.ts'

/** How far "around 50" and a bare "$50" reach to both sides. */
const LEEWAY = 0.2
const CONFIDENCE = { bounds: 0.98, bareBounds: 0.8, about: 0.85, plain: 0.7 } as const

/** The price that a quantity without a unit of measure says; undefined where it is some other number. */
export function priceReading(
  quantity: Quantity,
  tokens: readonly QueryToken[],
  query: string,
  lexicon: IntentLexicon,
): Reading | undefined {
  const { first, last, said } = quantity
  const isBare = quantity.currency === undefined
  if (isBare && !isBarePrice(quantity, tokens)) return undefined
  const written = isBare ? undefined : currencyInCatalogue(quantity.currency as string, lexicon.currencies)
  const unit = written?.code ?? lexicon.mainCurrency
  const range = rangeOf(quantity, unit)
  const isKnown = written?.isKnown ?? unit !== null
  const slot = {
    kind: 'price',
    value: rangeInWords(range),
    range,
    confidence: said === 'bounds' ? (isBare ? CONFIDENCE.bareBounds : CONFIDENCE.bounds) : CONFIDENCE[said],
    effect: isKnown && said === 'bounds' ? 'filter' : 'wish',
    reason: reasonOf(quantity, phraseOf(quantity, tokens, query), unit, isKnown),
  } as const
  return { first, last, slot }
}

/** A number without a currency is a price only in a phrase of price, and if it counts nothing ("under 100 pieces"). */
function isBarePrice({ isExplicit, said, last, minimum, maximum }: Quantity, tokens: readonly QueryToken[]): boolean {
  const next = tokens[last]
  const previous = tokens[last - 1]
  if (!isExplicit || said !== 'bounds' || Math.max(minimum ?? 0, maximum ?? 0) <= 0) return false
  // "300 이하" may be anything; a price in won has four digits.
  if (previous?.kind === 'hangul') return Math.max(minimum ?? 0, maximum ?? 0) >= 1_000
  if (next === undefined) return true
  const isWrittenOn = next.touches && (next.kind === 'word' || /^[/+%°]$/.test(next.text))
  return !isWrittenOn && !isCounted(next.text)
}

function rangeOf({ minimum, maximum, said }: Quantity, unit: string | null): SlotRange {
  if (said === 'bounds' || minimum === null || maximum === null) return { minimum, maximum, unit }
  const rounded = (amount: number): number => Number(amount.toPrecision(12))
  return { minimum: rounded(minimum * (1 - LEEWAY)), maximum: rounded(maximum * (1 + LEEWAY)), unit }
}

const phraseOf = ({ first, last }: Quantity, tokens: readonly QueryToken[], query: string): string =>
  query.slice(tokens[first]?.start, tokens[last - 1]?.end)

function reasonOf({ said }: Quantity, phrase: string, unit: string | null, isKnown: boolean): string {
  if (unit === null) return `price phrase “${phrase}” without a currency, in a catalogue that has several`
  if (!isKnown) return `the catalogue has no prices in ${unit}`
  return said === 'bounds'
    ? `price phrase “${phrase}”`
    : `an amount of money, taken with ${100 * LEEWAY} % to both sides`
}
