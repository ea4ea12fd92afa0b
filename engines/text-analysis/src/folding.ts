const NON_ASCII = /\P{ASCII}/u
/** Signs after a name, which part words ("Core™2"); must go before ™ would decompose to letters. */
const TRADE_MARKS = /[™®©℠]/g
/** What is invisible inside a word: soft hyphen, joiners, direction marks, variation selectors. */
const DROPPED =
  /[\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\p{Variation_Selector}|\u034f/gu
/** Marks that change no word in its script: accents on Latin and Greek letters, Arabic and Hebrew vowel points. */
const ACCENTS = /([\p{sc=Latin}\p{sc=Greek}])[\u0300-\u036f]+/gu
const POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu
const IS_DIGIT = /^\p{Nd}$/u

/** Letters that no Unicode decomposition takes apart, and punctuation with an ASCII sibling. */
const REPLACED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  '‛': "'",
  ʼ: "'",
  '′': "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '﹣': '-',
  '⁄': '/',
  '∕': '/',
  '×': 'x',
}
const REPLACEABLE = new RegExp(`[${Object.keys(REPLACED).join('')}]`, 'g')
const replaced = (character: string): string => REPLACED[character] as string

/** Decimal digits come in runs of ten in code-point order: the value is the distance to the run's first. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) as number
  let value = 0
  while (value < 9 && IS_DIGIT.test(String.fromCodePoint(point - value - 1))) value++
  return String(value)
}

/**
 * The form in which texts are compared: lower case, compatibility forms unified (full width, ligatures, ㎏), accents
 * of Latin and Greek letters and Arabic and Hebrew points stripped, quotes, dashes and digits in ASCII, ™®© gone.
 * Hangul and Kana come out composed; Indic vowel signs stay. Idempotent, never throws, linear time.
 */
export function foldText(text: string): string {
  if (!NON_ASCII.test(text)) return text.toLowerCase().replaceAll('`', "'")
  return text
    .replace(TRADE_MARKS, ' ')
    .replace(REPLACEABLE, replaced)
    .normalize('NFKD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(POINTS, '')
    .replace(ACCENTS, '$1')
    .replace(REPLACEABLE, replaced)
    .replace(OTHER_DIGITS, asciiDigit)
    .normalize('NFC')
}
