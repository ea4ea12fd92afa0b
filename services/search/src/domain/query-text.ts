import { searchLimits } from '@eip/contracts'

export type QueryText = Readonly<{ text: string; isTruncated: boolean }>

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/**
 * What the shopper typed, made safe to show: no control characters, no broken characters, no space around it, at most
 * `searchLimits.queryCharacters` UTF-16 code units, never half a character.
 */
export function queryTextOf(typed: string): QueryText {
  const whole = typed
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  const limit = searchLimits.queryCharacters
  if (whole.length <= limit) return { text: whole, isTruncated: false }
  const end = isLowSurrogate(whole.charCodeAt(limit)) ? limit - 1 : limit
  return { text: whole.slice(0, end).trim(), isTruncated: true }
}
