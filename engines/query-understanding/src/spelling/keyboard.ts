import { composeKeystrokes, keystrokesOf } from './hangul.ts'

/** The rows of the Latin keyboard, and the letters of the two-set Korean one (KS X 5002) on the same keys. */
const LATIN_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const HANGUL_ROWS = ['ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ', 'ㅁㄴㅇㄹㅎㅗㅓㅏㅣ', 'ㅋㅌㅊㅍㅠㅜㅡ']
const SHIFTED: Readonly<Record<string, string>> = {
  ㅃ: 'ㅂ',
  ㅉ: 'ㅈ',
  ㄸ: 'ㄷ',
  ㄲ: 'ㄱ',
  ㅆ: 'ㅅ',
  ㅒ: 'ㅐ',
  ㅖ: 'ㅔ',
}
/** Each row stands a little further right than the one above. */
const ROW_OFFSETS = [0, 0.25, 0.75]
const NEIGHBOUR_DISTANCE = 1.3

const hangulOf = new Map<string, string>()
const latinOf = new Map<string, string>()
const places = new Map<string, readonly [x: number, y: number]>()
for (const [y, row] of LATIN_ROWS.entries()) {
  for (const [x, key] of [...row].entries()) {
    const hangul = HANGUL_ROWS[y]?.[x] as string
    hangulOf.set(key, hangul)
    latinOf.set(hangul, key)
    for (const letter of [key, hangul]) places.set(letter, [x + (ROW_OFFSETS[y] as number), y])
  }
}
for (const [shifted, plain] of Object.entries(SHIFTED)) {
  hangulOf.set((latinOf.get(plain) as string).toUpperCase(), shifted)
  latinOf.set(shifted, latinOf.get(plain) as string)
  places.set(shifted, places.get(plain) as readonly [number, number])
}

/** Whether a finger that slips takes one letter for the other; both in one script. O(1). */
export function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [places.get(one), places.get(other)]
  if (a === undefined || b === undefined || one > 'z' !== other > 'z') return false
  return Math.hypot(a[0] - b[0], a[1] - b[1]) <= NEIGHBOUR_DISTANCE
}

/**
 * What the same keys would have typed with the other script switched on: "dkdlvhs" 아이폰, "ㅜㅑㅏㄷ" nike. Null where the
 * text is of neither keyboard. Capitals matter (R is ㄲ), so the text is taken as typed; O(length).
 */
export function otherKeyboard(typed: string): string | null {
  if (/^[a-z]+$/i.test(typed)) {
    const keys = Array.from(typed, (key) => hangulOf.get(key) ?? (hangulOf.get(key.toLowerCase()) as string))
    return composeKeystrokes(keys.join(''))
  }
  const keys = Array.from(keystrokesOf(typed.normalize('NFKD').normalize('NFC')), (letter) => latinOf.get(letter))
  return keys.length === 0 || keys.includes(undefined) ? null : keys.join('')
}
