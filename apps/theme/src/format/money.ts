import { data as exponents } from 'virtual:currency-exponents'
import type { Money } from '@eip/contracts'
import type { Language } from '../language/language.ts'
import { formatAmount } from './amount.ts'

/** How many decimals a currency has (ISO 4217). */
export const currencyDecimals = (currency: string): number => exponents[currency] ?? 2

/** An amount that is in whole units already, as in a price range: decimals only where it has some. */
export function formatMajorUnits(value: number, currency: string, language: Language): string {
  const exponent = Number.isInteger(value) ? 0 : currencyDecimals(currency)
  return formatAmount(value * 10 ** exponent, currency, exponent, language)
}

/** A price as the language writes it. */
export const formatMoney = ({ amount, currency }: Money, language: Language): string =>
  formatAmount(amount, currency, currencyDecimals(currency), language)
