import { foldText } from '@eip/engine-text-analysis'
import { initialsOf, isInitials, keystrokesOf } from '../spelling/hangul.ts'

/** A character with what combines with it. */
const CHARACTER = /[\s\S]\p{M}*/gu
const IS_WORD = /[\p{L}\p{N}]/u

/**
 * How far a text agrees with the keys typed, in UTF-16 code units: where the typed part of a suggestion ends. Signs and
 * spaces count on neither side; a syllable that is typed in part is typed. O(length).
 */
export function matchedEnd(text: string, key: string): number {
  const keys = key.replaceAll(' ', '')
  const read = isInitials(keys) && keys.length > 1 ? initialsOf : keystrokesOf
  let at = 0
  let end = 0
  for (const match of text.matchAll(CHARACTER)) {
    if (at >= keys.length) break
    if (!IS_WORD.test(match[0])) continue
    const typed = read(foldText(match[0]))
    const rest = keys.slice(at)
    if (!rest.startsWith(typed) && !typed.startsWith(rest)) break
    at += typed.length
    end = match.index + match[0].length
  }
  return end
}
