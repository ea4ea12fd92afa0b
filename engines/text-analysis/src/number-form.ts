const GROUPS_OF_COMMA = /^[1-9]\d{0,2}(?:,\d{3})+$/
const GROUPS_OF_DOT = /^[1-9]\d{0,2}(?:\.\d{3})+$/
const COMMA_GROUPS_DOT_DECIMALS = /^[1-9]\d{0,2}(?:,\d{3})+\.\d+$/
const DOT_GROUPS_COMMA_DECIMALS = /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/
const DECIMAL = /^\d+[.,]\d+$/

/** "43.20" and "43,2" are "43.2"; "2.0" is "2". */
function trimDecimals(whole: string, decimals: string): string {
  let end = decimals.length
  while (end > 0 && decimals[end - 1] === '0') end--
  return end === 0 ? whole : `${whole}.${decimals.slice(0, end)}`
}

/**
 * The one form of a number written with digits, points and commas; undefined where it is not one number ("9.2.1").
 * Only three digits after a single sign are ambiguous ("1.500"): the language's custom decides.
 */
export function numberForm(raw: string, hasDecimalComma: boolean): string | undefined {
  const signs = raw.length - raw.replaceAll(/[.,]/g, '').length
  if (signs === 0) return raw
  const [groups, others] = hasDecimalComma ? [GROUPS_OF_DOT, GROUPS_OF_COMMA] : [GROUPS_OF_COMMA, GROUPS_OF_DOT]
  if (groups.test(raw) || (signs > 1 && others.test(raw))) return raw.replaceAll(/[.,]/g, '')
  if (DECIMAL.test(raw)) {
    const sign = raw.search(/[.,]/)
    return trimDecimals(raw.slice(0, sign), raw.slice(sign + 1))
  }
  if (COMMA_GROUPS_DOT_DECIMALS.test(raw) || DOT_GROUPS_COMMA_DECIMALS.test(raw)) {
    const sign = Math.max(raw.lastIndexOf('.'), raw.lastIndexOf(','))
    return trimDecimals(raw.slice(0, sign).replaceAll(/[.,]/g, ''), raw.slice(sign + 1))
  }
  return undefined
}
