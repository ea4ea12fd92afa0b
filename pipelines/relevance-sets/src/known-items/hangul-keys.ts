/**
 * Typing Hangul on the two-set keyboard (KS X 5002). A syllable is initial · vowel · final (The Unicode Standard, section
 * 3.12); the keys of compound vowels and clusters are pressed one after the other:
 *
 *     과  ㄱ ㅗ ㅏ        값  ㄱ ㅏ ㅂ ㅅ        까  ㄲ ㅏ (shift counts as part of the key)
 *
 * Written for the set alone: queries that test a reader of spelling must not share its mistakes.
 */
const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const vowels = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const finals = [
  '',
  ...'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  ),
]
const firstSyllable = 0xac00
const syllable = /[가-힣]/g

/** The keys that type a text, one character each; what is not Hangul stays. O(length). */
export const keysOf = (text: string): string =>
  text.normalize('NFC').replace(syllable, (character) => {
    const index = character.charCodeAt(0) - firstSyllable
    const initial = initials[Math.floor(index / (vowels.length * finals.length))] as string
    const vowel = vowels[Math.floor(index / finals.length) % vowels.length] as string
    return `${initial}${vowel}${finals[index % finals.length] as string}`
  })

// A consonant that a vowel follows begins the next syllable; a lone consonant or vowel stays a letter.
const vowelKeys = [...vowels].sort((a, b) => b.length - a.length).join('|')
const finalKeys = finals
  .filter((final) => final !== '')
  .sort((a, b) => b.length - a.length)
  .join('|')
const typedSyllable = new RegExp(`([${initials.join('')}])(${vowelKeys})(?:(${finalKeys})(?![ㅏ-ㅣ]))?`, 'g')

/** What an input method shows for the keys: the inverse of `keysOf` for all that can be typed. O(keys). */
export const shownFor = (keys: string): string =>
  keys.replace(typedSyllable, (_, initial: string, vowel: string, final = '') =>
    String.fromCharCode(
      firstSyllable +
        (initials.indexOf(initial) * vowels.length + vowels.indexOf(vowel)) * finals.length +
        finals.indexOf(final as string),
    ),
  )
