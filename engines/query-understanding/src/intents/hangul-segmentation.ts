import { hangulComparisons } from './comparison.ts'
import { hangulCurrencies } from './currency.ts'
import type { IntentLexicon } from './intent-lexicon.ts'
import { hangulNumber } from './number-reading.ts'
import { cutToken, type QueryToken } from './query-token.ts'
import { hangulAfterthoughts, hangulEndings } from './query-words.ts'
import { hangulUnits } from './unit-of-measure.ts'

const MAGNITUDES = ['십만', '백만', '천만', '억', '만', '천', '백']
const SIZE_WORDS = ['사이즈', '치수']

/** What may stand right behind a number, the longest first. */
const numberTails: readonly string[] = [
  ...new Set([
    ...MAGNITUDES,
    ...hangulCurrencies,
    ...hangulUnits,
    ...hangulComparisons,
    ...SIZE_WORDS,
    '짜리',
    '용',
    '급',
  ]),
].sort((a, b) => b.length - a.length)

const functionPieces: ReadonlySet<string> = new Set(
  [...hangulComparisons, ...hangulAfterthoughts, ...SIZE_WORDS].filter(({ length }) => length > 1),
)

const LONGEST_PIECE = 12
/** Nobody writes more in one run; a longer one stays whole. */
const LONGEST_RUN = 60
const COST = { name: 1, ending: 1.2, function: 1, word: 2.2 } as const

/** "만원", "이만오천원": a price in letters, as the lengths of its number and of what follows. */
const SPELT_PRICE = /^([일이삼사오육칠팔구십백천만억]+)(?=원)/

/**
 * Cuts the query's Hangul runs where names, units, comparisons and particles meet; a run that cannot be cut into known
 * pieces stays whole. Dynamic programming over each run, O(length · longest piece).
 *
 *     300리터짜리냉장고   300 | 리터 | 짜리 | 냉장고
 *     나이키흰색운동화    나이키 | 흰색 | 운동화
 */
export function segmentHangul(tokens: readonly QueryToken[], query: string, lexicon: IntentLexicon): QueryToken[] {
  const result: QueryToken[] = []
  for (const token of tokens) {
    if (token.kind !== 'hangul' || token.text.length > LONGEST_RUN) {
      result.push(token)
      continue
    }
    const previous = result.at(-1)
    const lengths = piecesOf(token.text, previous?.kind === 'number' ? previous : undefined, token.touches, lexicon)
    result.push(...cutToken(token, lengths, query).map(asNumber))
  }
  return result
}

/** A spelt number before 원 reads as a numeral. */
function asNumber(token: QueryToken, index: number, parts: readonly QueryToken[]): QueryToken {
  const value = parts[index + 1]?.text === '원' ? hangulNumber(token.text) : undefined
  return value === undefined || token.touches ? token : { ...token, kind: 'number', text: String(value) }
}

function piecesOf(run: string, number: QueryToken | undefined, touches: boolean, lexicon: IntentLexicon): number[] {
  if (number !== undefined) {
    const tails = tailsOf(run, touches, lexicon)
    if (tails !== undefined) return tails
  }
  const spelt = touches ? undefined : SPELT_PRICE.exec(run)?.[1]
  if (spelt !== undefined) {
    const tails = tailsOf(run.slice(spelt.length), true, lexicon)
    if (tails !== undefined) return [spelt.length, ...tails]
  }
  return namesOf(run, lexicon) ?? brandFirst(run, lexicon) ?? [run.length]
}

/** Peels units, magnitudes and comparisons off a run behind a number; the rest has to be names or nothing. */
function tailsOf(run: string, touches: boolean, lexicon: IntentLexicon): number[] | undefined {
  const lengths: number[] = []
  let at = 0
  while (at < run.length) {
    const tail = numberTails.find((candidate) => run.startsWith(candidate, at))
    // A single syllable away from the number begins some other word.
    if (tail === undefined || (tail.length === 1 && at === 0 && !touches)) break
    lengths.push(tail.length)
    at += tail.length
  }
  if (at === 0) return undefined
  if (at === run.length) return lengths
  const rest = namesOf(run.slice(at), lexicon)
  if (rest !== undefined) return [...lengths, ...rest]
  const isLong = lengths.length > 1 || (lengths[0] as number) > 1
  return isLong ? [...lengths, run.length - at] : undefined
}

const nameCost = (piece: string, lexicon: IntentLexicon): number => {
  if (piece.length > 1 && lexicon.names.has(piece)) return COST.name
  if (functionPieces.has(piece)) return COST.function
  return lexicon.hangulWords.has(piece) ? COST.word : Number.POSITIVE_INFINITY
}

/** The cheapest cut of a run into known pieces; undefined where there is none. */
function namesOf(run: string, lexicon: IntentLexicon): number[] | undefined {
  const costs = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY)
  const cuts = new Int32Array(run.length + 1)
  costs[0] = 0
  for (let end = 1; end <= run.length; end++)
    for (let start = Math.max(0, end - LONGEST_PIECE); start < end; start++) {
      const before = costs[start] as number
      if (before === Number.POSITIVE_INFINITY) continue
      const piece = run.slice(start, end)
      const isEnding = end === run.length && start > 0 && hangulEndings.has(piece)
      const cost = before + Math.min(isEnding ? COST.ending : Number.POSITIVE_INFINITY, nameCost(piece, lexicon))
      if (cost < (costs[end] as number)) {
        costs[end] = cost
        cuts[end] = start
      }
    }
  if (costs[run.length] === Number.POSITIVE_INFINITY) return undefined
  const lengths: number[] = []
  for (let end = run.length; end > 0; end = cuts[end] as number) lengths.unshift(end - (cuts[end] as number))
  return lengths
}

const SHORTEST_LEADING_BRAND = 3

/** "나이키에어포스": a brand may lead a word that no title has. */
function brandFirst(run: string, lexicon: IntentLexicon): number[] | undefined {
  for (let length = Math.min(run.length - 2, LONGEST_PIECE); length >= SHORTEST_LEADING_BRAND; length--)
    if (lexicon.names.get(run.slice(0, length))?.some(({ kind, isAmbiguous }) => kind === 'brand' && !isAmbiguous))
      return [length, run.length - length]
  return undefined
}
