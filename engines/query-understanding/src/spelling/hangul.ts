/**
 * Hangul as the letters it is made of (The Unicode Standard, section 3.12: syllable = 0xAC00 + (initial · 21 + vowel) · 28 +
 * final), written with compatibility jamo, so that a consonant is the same letter at either end of a syllable.
 *
 * ```
 *              jamo (a letter is an edit)   keystrokes (a letter is a key)
 *   과자       ㄱㅘㅈㅏ                      ㄱㅗㅏㅈㅏ
 *   값         ㄱㅏㅂㅅ                      ㄱㅏㅂㅅ
 * ```
 */
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
const VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
const FINALS = [
  '',
  ...'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  ),
]
const COMPOUND_VOWELS: Readonly<Record<string, string>> = {
  ㅘ: 'ㅗㅏ',
  ㅙ: 'ㅗㅐ',
  ㅚ: 'ㅗㅣ',
  ㅝ: 'ㅜㅓ',
  ㅞ: 'ㅜㅔ',
  ㅟ: 'ㅜㅣ',
  ㅢ: 'ㅡㅣ',
}
const COMPOUND = new RegExp(`[${Object.keys(COMPOUND_VOWELS).join('')}]`, 'g')
/** Syllables, and the conjoining jamo that folding makes of letters typed alone. */
const HANGUL = /[\u1100-\u1112\u1161-\u1175\u11a8-\u11c2\uac00-\ud7a3]/g
const ONLY_INITIALS = new RegExp(`^[${INITIALS}]+$`)

export const FIRST_SYLLABLE = 0xac00
export const LAST_SYLLABLE = 0xd7a3

function jamoOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < FIRST_SYLLABLE) {
    if (code >= 0x11a8) return FINALS[code - 0x11a7] as string
    return (code >= 0x1161 ? VOWELS[code - 0x1161] : INITIALS[code - 0x1100]) as string
  }
  const index = code - FIRST_SYLLABLE
  const final = FINALS[index % 28] as string
  return `${INITIALS[Math.floor(index / 588)]}${VOWELS[Math.floor(index / 28) % 21]}${final}`
}

/** The letters of folded text: Hangul taken apart, all else as it is. Edit distances count these. O(length). */
export const lettersOf = (folded: string): string => folded.replace(HANGUL, jamoOf)

/** The keys of a two-set keyboard that type the text: each beginning of the keys is a beginning of the typing. */
export const keystrokesOf = (folded: string): string =>
  lettersOf(folded).replace(COMPOUND, (vowel) => COMPOUND_VOWELS[vowel] as string)

/** Initial consonants of a text's syllables, other characters as they are: 나이키 is ㄴㅇㅋ. */
export const initialsOf = (folded: string): string =>
  folded.replace(HANGUL, (character) => (jamoOf(character)[0] as string) ?? '')

/** Whether keystrokes are consonants alone, as in typing only the initials of a name. */
export const isInitials = (keystrokes: string): boolean => ONLY_INITIALS.test(keystrokes)

const SPLIT_FINALS = new Map(FINALS.map((final, index) => [final, index]))
const SPLIT_VOWELS = new Map(Object.entries(COMPOUND_VOWELS).map(([vowel, parts]) => [parts, vowel]))

/**
 * Puts keystrokes together as a two-set input method does: a consonant before a vowel begins a syllable. Letters that make
 * no syllable stay single. The inverse of `keystrokesOf` for what can be typed. O(length).
 */
export function composeKeystrokes(keystrokes: string): string {
  let text = ''
  let index = 0
  while (index < keystrokes.length) {
    const initial = INITIALS.indexOf(keystrokes[index] as string)
    const [vowel, afterVowel] = vowelAt(keystrokes, index + 1)
    if (initial < 0 || vowel < 0) {
      text += keystrokes[index++]
      continue
    }
    const [final, afterFinal] = finalAt(keystrokes, afterVowel)
    text += String.fromCharCode(FIRST_SYLLABLE + (initial * 21 + vowel) * 28 + final)
    index = afterFinal
  }
  return text
}

function vowelAt(keystrokes: string, index: number): readonly [vowel: number, end: number] {
  const compound = SPLIT_VOWELS.get(keystrokes.slice(index, index + 2))
  if (compound !== undefined) return [VOWELS.indexOf(compound), index + 2]
  const key = keystrokes[index]
  return [key === undefined ? -1 : VOWELS.indexOf(key), index + 1]
}

function finalAt(keystrokes: string, index: number): readonly [final: number, end: number] {
  for (const length of [2, 1]) {
    const final = keystrokes.slice(index, index + length)
    const isFinal = final.length === length && SPLIT_FINALS.has(final)
    // The consonant before a vowel belongs to the next syllable.
    if (isFinal && vowelAt(keystrokes, index + length)[0] < 0)
      return [SPLIT_FINALS.get(final) as number, index + length]
  }
  return [0, index]
}
