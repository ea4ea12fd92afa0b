import type { IntentLexicon } from './intent-lexicon.ts'
import type { QueryToken } from './query-token.ts'
import type { SizeValue } from './size-values.ts'
import type { Reading } from './slot.ts'

const SIZE_WORDS: ReadonlySet<string> = new Set('size sizes sz 사이즈 치수 tamanho tam numero numeracao'.split(' '))
const SYSTEMS: ReadonlySet<string> = new Set('us eu uk br'.split(' '))
const LONGEST_VALUE = 5
const CONFIDENCE = { said: 0.95, system: 0.85, millimetres: 0.95, alone: 0.85, bare: 0.6 } as const

/** Sizes that the catalogue has: after the word ("size 10", "tamanho 42"), before it ("270 사이즈"), or by themselves ("XL", "270mm 운동화"). O(tokens). */
export function sizeReadings(tokens: readonly QueryToken[], lexicon: IntentLexicon): Reading[] {
  if (lexicon.sizes.size === 0) return []
  const readings: Reading[] = []
  const isKorean = tokens.some(({ kind }) => kind === 'hangul')
  for (let i = 0; i < tokens.length; i++) {
    const found = saidSize(tokens, i, lexicon) ?? plainSize(tokens, i, lexicon, isKorean)
    if (found !== undefined) readings.push(found)
  }
  return readings
}

function readingOf(first: number, last: number, size: SizeValue, confidence: number): Reading {
  const { attribute, value, count } = size
  const reason = `size of ${count} product${count === 1 ? '' : 's'}`
  return { first, last, slot: { kind: 'size', value, attribute, confidence, effect: 'wish', reason } }
}

/** The longest size that begins at a token, as its value and the index behind it. */
function valueAt(
  tokens: readonly QueryToken[],
  first: number,
  lexicon: IntentLexicon,
): [SizeValue, number] | undefined {
  let key = ''
  let best: [SizeValue, number] | undefined
  for (let last = first; last < Math.min(tokens.length, first + LONGEST_VALUE); last++) {
    const token = tokens[last] as QueryToken
    if (token.kind === 'sign' && last === first) return undefined
    if (token.kind !== 'sign') key += token.text
    const size = lexicon.sizes.get(key)
    if (size !== undefined && token.kind !== 'sign') best = [size, last + 1]
  }
  return best
}

function saidSize(tokens: readonly QueryToken[], index: number, lexicon: IntentLexicon): Reading | undefined {
  const token = tokens[index] as QueryToken
  const isSaid = SIZE_WORDS.has(token.text)
  const isSystem = SYSTEMS.has(token.text) && tokens[index + 1]?.kind === 'number'
  if (isSaid || isSystem) {
    let at = index + 1
    while (/^[.:º°]$/.test(tokens[at]?.text ?? '') || (isSaid && SYSTEMS.has(tokens[at]?.text ?? ''))) at++
    const found = valueAt(tokens, at, lexicon)
    return found === undefined
      ? undefined
      : readingOf(index, found[1], found[0], isSaid ? CONFIDENCE.said : CONFIDENCE.system)
  }
  const found = valueAt(tokens, index, lexicon)
  const after = tokens[found?.[1] ?? index]?.text ?? ''
  if (
    found === undefined ||
    !(after === '사이즈' || after === '치수' || (token.kind === 'number' && SYSTEMS.has(after)))
  )
    return undefined
  return readingOf(index, found[1] + 1, found[0], CONFIDENCE.said)
}

const FOOT_LENGTH = /^\d{3}$/

function plainSize(
  tokens: readonly QueryToken[],
  index: number,
  lexicon: IntentLexicon,
  isKorean: boolean,
): Reading | undefined {
  const token = tokens[index] as QueryToken
  const found = valueAt(tokens, index, lexicon)
  if (found?.[0].standsAlone) return readingOf(index, found[1], found[0], CONFIDENCE.alone)
  const size = FOOT_LENGTH.test(token.text) ? lexicon.sizes.get(token.text) : undefined
  if (size === undefined) return undefined
  const next = tokens[index + 1]
  if (next?.text === 'mm') return readingOf(index, index + 2, size, CONFIDENCE.millimetres)
  // Korean shoppers leave the unit out; behind a letter or before a unit it is some other number.
  const isBare = !token.touches && (next === undefined || (!next.touches && next.kind !== 'sign'))
  return isKorean && isBare ? readingOf(index, index + 1, size, CONFIDENCE.bare) : undefined
}
