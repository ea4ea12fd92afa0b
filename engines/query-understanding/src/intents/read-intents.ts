import { segmentHangul } from './hangul-segmentation.ts'
import { categoryOf, type HeadOrder } from './head-noun.ts'
import type { IntentLexicon } from './intent-lexicon.ts'
import { measureReading } from './measure-readings.ts'
import { fittingNames, type NameReading, nameReadings } from './name-readings.ts'
import { priceReading } from './price-readings.ts'
import { type Quantity, quantitiesOf } from './quantity.ts'
import { type QueryToken, queryTokens } from './query-token.ts'
import { isPortugueseWord } from './query-words.ts'
import { sizeReadings } from './size-readings.ts'
import type { Reading, Slot } from './slot.ts'
import { type StemmedLanguage, stemmedLanguages } from './stem-keys.ts'

/** A reading less certain than this says more about us than about the query. */
const LEAST_CONFIDENCE = 0.6

/** Words, numbers and signs that are read; what comes after them in a longer query is left alone. */
const MOST_TOKENS = 100

/**
 * What the catalogue knows of a query, in the order of the query. Pure; never throws; text past 1,000 characters or 100
 * words is not read. Slots do not overlap: of two readings the one over more text stands, then the more certain one.
 * O(length of the query): every name is looked up over at most six tokens, every run of Hangul over twelve letters.
 */
export function readIntents(
  query: string,
  lexicon: IntentLexicon,
  options: { readonly languages: readonly string[] },
): readonly Slot[] {
  const tokens = segmentHangul(queryTokens(query).slice(0, MOST_TOKENS), query, lexicon).slice(0, MOST_TOKENS)
  if (tokens.length === 0) return []
  const languages = languagesOf(options.languages)
  const isPortuguese = isInPortuguese(tokens, query, languages)
  const names = nameReadings(tokens, lexicon, languages)
  const quantities = quantitiesOf(tokens, isPortuguese || tokens.some(({ text }) => text === '원'))
  const others = [...quantityReadings(quantities, tokens, query, lexicon), ...sizeReadings(tokens, lexicon)]
  const isTaken = covers(
    [...others, ...names.filter(({ entry }) => entry.kind !== 'category' && entry.isAmbiguous !== true)],
    tokens.length,
  )
  const isCategory = covers(
    names.filter(({ entry }) => entry.kind === 'category'),
    tokens.length,
  )
  const fitting = fittingNames(names, tokens, (token) => isTaken(token) || isCategory(token))
  const isNamed = covers([...others, ...fitting], tokens.length)
  const order: HeadOrder = isPortuguese ? 'first' : 'last'
  const isInside = ({ first, last }: Span): boolean =>
    [...others, ...fitting].some(
      (other) => other.first <= first && last <= other.last && other.last - other.first > last - first,
    )
  const free = names.filter((name) => name.entry.kind !== 'category' || !isInside(name))
  const category = categoryOf(free, tokens, lexicon, isNamed, order)
  const readings = [...others, ...[...fitting, ...(category === undefined ? [] : [category])].map(readingOf)]
  return Object.freeze(withoutOverlaps(readings, tokens).map((reading) => slotOf(reading, tokens, query)))
}

/** Stemmers of the asked languages; Latin words in Korean queries are English ones. */
function languagesOf(languages: readonly string[]): StemmedLanguage[] {
  const asked = languages.map((language) => language.slice(0, 2).toLowerCase())
  return stemmedLanguages.filter((language) => asked.includes(language) || (language === 'en' && asked.includes('ko')))
}

const PORTUGUESE_LETTER = /[ãõçáéíóúâêô]/iu

function isInPortuguese(tokens: readonly QueryToken[], query: string, languages: readonly StemmedLanguage[]): boolean {
  if (!languages.includes('pt') || tokens.some(({ kind }) => kind === 'hangul')) return false
  return (
    !languages.includes('en') ||
    PORTUGUESE_LETTER.test(query.normalize('NFC')) ||
    tokens.some(({ text }) => isPortugueseWord(text))
  )
}

function quantityReadings(
  quantities: readonly Quantity[],
  tokens: readonly QueryToken[],
  query: string,
  lexicon: IntentLexicon,
): Reading[] {
  return quantities.flatMap((quantity) => {
    if (quantity.unit !== undefined) return [measureReading(quantity, quantity.unit, tokens, lexicon)]
    const price = priceReading(quantity, tokens, query, lexicon)
    return price === undefined ? [] : [price]
  })
}

type Span = Readonly<{ first: number; last: number }>

function covers(spans: readonly Span[], tokens: number): (token: number) => boolean {
  const covered = new Uint8Array(tokens)
  for (const { first, last } of spans) covered.fill(1, first, last)
  return (token) => covered[token] === 1
}

function readingOf({ first, last, confidence, entry }: NameReading): Reading {
  const { kind, value, attribute, reason } = entry
  return {
    first,
    last,
    slot: { kind, value, ...(attribute === undefined ? {} : { attribute }), confidence, effect: 'wish', reason },
  }
}

/** The longest first, then the most certain; each token serves one slot. */
function withoutOverlaps(readings: readonly Reading[], tokens: readonly QueryToken[]): Reading[] {
  const lengthOf = ({ first, last }: Reading): number => (tokens[last - 1]?.end ?? 0) - (tokens[first]?.start ?? 0)
  const ranked = readings
    .filter(({ slot }) => slot.confidence >= LEAST_CONFIDENCE)
    .map((reading) => ({ reading, length: lengthOf(reading) }))
    .sort((a, b) => b.length - a.length || b.reading.slot.confidence - a.reading.slot.confidence)
  const taken = new Uint8Array(tokens.length)
  const chosen: Reading[] = []
  for (const { reading } of ranked) {
    if (taken.subarray(reading.first, reading.last).includes(1)) continue
    taken.fill(1, reading.first, reading.last)
    if (!chosen.some(({ slot }) => saysTheSame(slot, reading.slot))) chosen.push(reading)
  }
  return chosen.sort((a, b) => a.first - b.first)
}

/** "white … white" is one wish. */
const saysTheSame = (a: Reading['slot'], b: Reading['slot']): boolean =>
  a.kind === b.kind && a.value === b.value && a.attribute === b.attribute

function slotOf({ first, last, slot }: Reading, tokens: readonly QueryToken[], query: string): Slot {
  const [start, end] = [(tokens[first] as QueryToken).start, (tokens[last - 1] as QueryToken).end]
  return Object.freeze({
    ...slot,
    confidence: Math.round(slot.confidence * 100) / 100,
    surface: query.slice(start, end),
    start,
    end,
  })
}
