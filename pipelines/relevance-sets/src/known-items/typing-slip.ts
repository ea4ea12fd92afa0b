import type { Random } from '@eip/kernel'
import { keysOf, shownFor } from './hangul-keys.ts'

/** Keys that lie side by side in a row, Latin and two-set Korean ones on the same places. */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ', 'ㅁㄴㅇㄹㅎㅗㅓㅏㅣ', 'ㅋㅌㅊㅍㅠㅜㅡ']
/** Letters taken for each other by ear, or by a shift that was not held. */
const alike = [
  'ㅐㅔ',
  'ㅒㅖ',
  'ㅓㅗ',
  'ㅡㅜ',
  'ㄱㄲㅋ',
  'ㄷㄸㅌ',
  'ㅂㅃㅍ',
  'ㅈㅉㅊ',
  'ㅅㅆ',
  'ai',
  'ei',
  'ou',
  'sz',
  'ck',
  'vb',
]

const confusable = new Map<string, string>()
const confuse = (key: string, others: string) => confusable.set(key, (confusable.get(key) ?? '') + others)
for (const row of rows)
  for (const [place, key] of [...row].entries()) confuse(key, `${row[place - 1] ?? ''}${row[place + 1] ?? ''}`)
for (const group of alike) for (const key of group) confuse(key, group.replace(key, ''))

type SlipKind = 'wrong' | 'dropped' | 'doubled' | 'swapped'
/** Tenths: a wrong key is the commonest slip, a key pressed twice the rarest. */
const shares: readonly (readonly [SlipKind, number])[] = [
  ['wrong', 4],
  ['dropped', 3],
  ['swapped', 2],
  ['doubled', 1],
]
const kinds = shares.flatMap(([kind, share]) => Array.from({ length: share }, () => kind))

/**
 * A word with one slip of a finger: a wrong key (a neighbour, or one that sounds alike), a key left out, pressed twice, or
 * pressed before the one in front of it. Hangul slips by the key, as it is typed. Null where the chosen slip changes
 * nothing, or leaves less than two characters.
 */
export function typingSlip(word: string, random: Random): string | null {
  const keys = [...keysOf(word)]
  const place = random.integer(keys.length)
  const slipped = shownFor(slippedKeys(keys, place, random).join(''))
  return slipped === word || [...slipped].length < 2 ? null : slipped
}

function slippedKeys(keys: readonly string[], place: number, random: Random): readonly string[] {
  const key = keys[place] as string
  const before = keys.slice(0, place)
  const after = keys.slice(place + 1)
  const kind = random.pick(kinds)
  if (kind === 'dropped') return [...before, ...after]
  if (kind === 'doubled') return [...before, key, key, ...after]
  if (kind === 'swapped') return [...before, ...after.slice(0, 1), key, ...after.slice(1)]
  const others = [...(confusable.get(key) ?? '')]
  return others.length === 0 ? keys : [...before, random.pick(others), ...after]
}
