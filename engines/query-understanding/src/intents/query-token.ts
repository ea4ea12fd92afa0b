import { foldText } from '@eip/engine-text-analysis'

export type QueryToken = Readonly<{
  kind: 'word' | 'number' | 'hangul' | 'sign'
  /** Folded; a possessive 's is left out of it. */
  text: string
  /** Offsets in the query, in UTF-16 code units. */
  start: number
  end: number
  /** Nothing stands between this token and the one before. */
  touches: boolean
}>

/** Longer queries are read up to here, as the analyser does. */
export const LONGEST_QUERY = 1_000

/** A number, a run of Hangul, a word (digits and a possessive may follow its first letter), or any one sign. */
const PIECE = (() => {
  const number = String.raw`\p{Nd}+(?:[.,]\p{Nd}+)*`
  const letter = String.raw`[[\p{L}\p{M}]--\p{sc=Hangul}]`
  const rest = String.raw`[[\p{L}\p{M}\p{N}]--\p{sc=Hangul}]`
  const possessive = String.raw`(?:['’´][sS](?![\p{L}\p{N}]))?`
  return new RegExp(String.raw`${number}|\p{sc=Hangul}+|${letter}${rest}*${possessive}|[^\s\p{Cc}]`, 'gv')
})()
const DIGIT = /^\p{Nd}/u
const HANGUL = /^\p{sc=Hangul}/u
const LETTER = /^[\p{L}\p{M}]/u
const POSSESSIVE = /['’´]s$/iu
const FOLDED_WORD = /^[\p{L}\p{N}]+$/u

function tokenOf(surface: string, start: number, touches: boolean): QueryToken | undefined {
  const end = start + surface.length
  const folded = foldText(surface).trim()
  if (DIGIT.test(surface)) return { kind: 'number', text: folded, start, end, touches }
  if (HANGUL.test(surface)) return { kind: 'hangul', text: folded, start, end, touches }
  if (LETTER.test(surface)) return { kind: 'word', text: folded.replace(POSSESSIVE, ''), start, end, touches }
  // "㎏" is a sign that folds to a word.
  const kind = FOLDED_WORD.test(folded) ? (DIGIT.test(folded) ? 'number' : 'word') : 'sign'
  return folded === '' ? undefined : { kind, text: folded, start, end, touches }
}

/**
 * Cuts a text where scripts, digits and signs meet. O(length).
 *
 *     "LG냉장고 300리터, $1,500"   lg | 냉장고 | 300 | 리터 | , | $ | 1,500
 */
export function queryTokens(text: string): QueryToken[] {
  const tokens: QueryToken[] = []
  let end = -1
  for (const { 0: surface, index } of text.slice(0, LONGEST_QUERY).matchAll(PIECE)) {
    const token = tokenOf(surface, index, index === end)
    end = index + surface.length
    if (token !== undefined) tokens.push(token)
  }
  return tokens
}

/** A character with what combines with it, so that a part of a decomposed Hangul run finds its place in the query. */
const CLUSTER = /[\s\S][\p{M}\u1160-\u11ff\ud7b0-\ud7ff]*/gu

/** Cuts a Hangul token after each of the given lengths of its folded text, which add up to all of it. */
export function cutToken(token: QueryToken, lengths: readonly number[], query: string): QueryToken[] {
  const clusters = query.slice(token.start, token.end).match(CLUSTER) ?? []
  const isAligned = clusters.length === token.text.length
  const offsets = [token.start]
  for (const cluster of clusters) offsets.push((offsets.at(-1) as number) + cluster.length)
  let from = 0
  return lengths.map((length, i) => {
    const to = from + length
    const part = {
      kind: token.kind,
      text: token.text.slice(from, to),
      start: isAligned ? (offsets[from] as number) : token.start,
      end: isAligned ? (offsets[to] as number) : token.end,
      touches: i > 0 || token.touches,
    }
    from = to
    return part
  })
}

/** The form in which names are compared: without spaces, joining signs and accents ("Wi-Fi", "wi fi", "무선 이어폰"). */
export const nameKey = (text: string): string => keyOf(queryTokens(text))

export function keyOf(tokens: readonly QueryToken[]): string {
  let key = ''
  for (const { kind, text } of tokens) if (kind !== 'sign') key += text
  return key
}
