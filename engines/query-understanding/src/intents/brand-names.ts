import type { CatalogueVocabulary } from '../vocabulary/catalogue-vocabulary.ts'
import { addEntry, type EntryTable, type LexiconEntry } from './lexicon-entry.ts'
import { keyOf, type QueryToken, queryTokens } from './query-token.ts'
import { isFunctionWord, isVague } from './query-words.ts'
import type { WordEvidence } from './word-evidence.ts'

/** What shops write where there is no brand. */
const NO_BRAND: ReadonlySet<string> = new Set(
  'other others generic unbranded nobrand noname na none unknown various misc oem private 기타 없음 노브랜드 브랜드없음 outros outra semmarca generico'.split(
    ' ',
  ),
)
/** Legal forms and the like, which shoppers leave out. */
const SUFFIXES: ReadonlySet<string> = new Set(
  'inc ltd llc co corp corporation company gmbh ag sa electronics 전자 주식회사 코리아'.split(' '),
)
const ANDS = [' and ', ' e ']
const HANGUL_COMPANY = /(?<=..)(?:전자|코리아)$/
/** The share of a word's products that are the brand's, from which on the word is the brand whatever stands beside it. */
const CERTAIN_SHARE = 0.95
const LEAST_SHARE = 0.5

/** Brands by their keys. A word that titles of other brands use too is kept only if mostly the brand is meant by it. */
export function* addBrands(
  table: EntryTable,
  vocabulary: CatalogueVocabulary,
  evidence: WordEvidence,
): Generator<void, void> {
  let steps = 0
  const byKey = new Map<string, LexiconEntry>()
  for (const { value, count } of vocabulary.brands) {
    for (const writing of writingsOf(value)) {
      const entry = brandEntry(value, writing, count, evidence)
      const key = keyOf(writing)
      if (entry === undefined || byKey.has(key)) continue
      byKey.set(key, entry)
      addEntry(table, key, entry)
    }
    if (++steps % 50 === 0) yield
  }
  for (const { hangul, latin, isBrand } of vocabulary.scriptPairs ?? []) {
    if (!isBrand) continue
    const keys = [keyOf(queryTokens(hangul)), keyOf(queryTokens(latin))] as const
    for (const [from, to] of [keys, [keys[1], keys[0]] as const]) {
      const entry = byKey.get(from)
      if (entry === undefined || byKey.has(to)) continue
      byKey.set(to, entry)
      addEntry(table, to, entry)
    }
    if (++steps % 50 === 0) yield
  }
}

/** A brand's writings: itself and what stands inside and outside of brackets ("나이키(NIKE)"), "&" in words, without legal form. */
function writingsOf(value: string): QueryToken[][] {
  const [outside = '', inside] = value.split(/[()[\]]/)
  const names = inside === undefined ? [value] : [value, outside, inside]
  const spelt = names.flatMap((name) =>
    name.includes('&') ? [name, ...ANDS.map((and) => name.replaceAll('&', and))] : [name],
  )
  const writings = spelt.map((name) => queryTokens(name).filter(({ kind }) => kind !== 'sign'))
  return writings.flatMap((words) => {
    const last = words.at(-1)
    if (last === undefined) return []
    if (words.length > 1 && SUFFIXES.has(last.text)) return [words, words.slice(0, -1)]
    const company = last.text.replace(HANGUL_COMPANY, '')
    return company === last.text ? [words] : [words, [...words.slice(0, -1), { ...last, text: company }]]
  })
}

function brandEntry(
  value: string,
  writing: readonly QueryToken[],
  count: number,
  evidence: WordEvidence,
): LexiconEntry | undefined {
  const words = writing.map(({ text }) => text)
  const key = words.join('')
  if (key.length < 2 || NO_BRAND.has(key) || /^[\d.,]+$/.test(key) || isFunctionWord(key)) return undefined
  const used = evidence.count(words)
  const share = used === 0 ? 1 : Math.min(1, count / used)
  if (share < LEAST_SHARE || (isVague(key) && share < CERTAIN_SHARE)) return undefined
  const isAmbiguous = words.length === 1 && share < CERTAIN_SHARE
  const reason = isAmbiguous
    ? `brand of ${count} of the ${used} products that name it`
    : `brand of ${count} product${count === 1 ? '' : 's'}`
  return {
    kind: 'brand',
    value,
    count,
    confidence: 0.55 + 0.42 * share * (count > 2 ? 1 : 0.8),
    reason,
    ...(isAmbiguous ? { isAmbiguous, notBefore: otherThings(words[0] as string, used - count, evidence) } : {}),
  }
}

/**
 * Next words with which an ambiguous brand is most likely another thing: where the phrase mostly follows another brand
 * ("tropicana apple juice"), or where it alone may be a good part of all uses that are not the brand's.
 */
function otherThings(word: string, others: number, evidence: WordEvidence): ReadonlySet<string> {
  const led = evidence.led(word)
  const things = new Set<string>()
  for (const [next, count] of evidence.next(word)) {
    const isLed = (led.get(next) ?? 0) >= 0.3 * count
    // A word that hardly stands elsewhere is a line of the brand's own ("boss bottled").
    const isOwnLine = count >= 0.9 * evidence.count([next])
    if (isLed || (!isOwnLine && count <= others && count >= 0.25 * others)) things.add(next)
  }
  return things
}
