const GROUPS_OF_COMMA = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const GROUPS_OF_POINT = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/

/** A numeral's value: "1,500", "1.5", "1,5", "1.200,50". Of "1.500" the custom decides; NaN where it is no one number. */
export function readNumber(numeral: string, pointsGroupThousands: boolean): number {
  const signs = numeral.length - numeral.replace(/[.,]/g, '').length
  if (signs === 0) return Number(numeral)
  if (GROUPS_OF_COMMA.test(numeral)) return Number(numeral.replaceAll(',', ''))
  if (GROUPS_OF_POINT.test(numeral) && (pointsGroupThousands || signs > 1 || numeral.includes(',')))
    return Number(numeral.replaceAll('.', '').replace(',', '.'))
  return signs === 1 ? Number(numeral.replace(',', '.')) : Number.NaN
}

const DIGITS = '일이삼사오육칠팔구'
const SMALL: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1_000 }
const LARGE: Readonly<Record<string, number>> = { 만: 10_000, 억: 100_000_000 }

/** What a magnitude that stands behind digits multiplies by ("3만", "5백만"); undefined for any other word. */
export function magnitudeOf(word: string): number | undefined {
  let product = 1
  for (const letter of word) {
    const magnitude = SMALL[letter] ?? LARGE[letter]
    if (magnitude === undefined) return undefined
    product *= magnitude
  }
  return word === '' ? undefined : product
}

/** A number spelt in Hangul: 만 10,000, 이만오천 25,000, 백만 1,000,000; undefined for any other word. */
export function hangulNumber(word: string): number | undefined {
  let [total, section, digit] = [0, 0, 0]
  for (const letter of word) {
    const value = DIGITS.indexOf(letter) + 1
    const [small, large] = [SMALL[letter], LARGE[letter]]
    if (value > 0) digit = value
    else if (small !== undefined) {
      section += (digit || 1) * small
      digit = 0
    } else if (large !== undefined) {
      total += (section + digit || 1) * large
      section = 0
      digit = 0
    } else return undefined
  }
  return word === '' ? undefined : total + section + digit
}

/** Where the round figure's next step begins: 50,000 of "5만원대" ends at 59,999, 15,000 at 15,999. */
export function stepOf(amount: number): number {
  let step = 1
  while (step < amount && amount % (step * 10) === 0) step *= 10
  return step
}
