import type { Language } from '../language/language.ts'

/** Minor units in a currency: 1990 USD with two decimals is "$19.90". `exponent` is how many decimals the currency has. */
export function formatAmount(amount: number, currency: string, exponent: number, language: Language): string {
  const options = { minimumFractionDigits: exponent, maximumFractionDigits: exponent }
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...options,
  }).format(amount / 10 ** exponent)
}
