import { failures } from '@eip/kernel'
import { z } from 'zod'

const failure = failures({
  'money.not-a-price': {
    kind: 'invalid',
    cure: 'Write the price as a decimal number such as "19.90", without a currency sign.',
  },
  'money.unknown-currency': { kind: 'invalid', cure: 'Use the three letters of ISO 4217, such as USD, BRL or KRW.' },
})

/** An amount in the currency's minor units (cents, won), as ISO 4217 counts them. */
export const moneySchema = z.object({
  amount: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

export type Money = Readonly<z.infer<typeof moneySchema>>

// ISO 4217: two decimals unless listed here.
const exponents: Readonly<Record<string, number>> = Object.freeze({
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
})

/** How many decimals the currency has. Throws `money.unknown-currency` for what is not three capital letters. */
export function currencyExponent(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency))
    throw failure('money.unknown-currency', `currency "${currency}" is not three capital letters`)
  return exponents[currency] ?? 2
}

/**
 * Reads a decimal text exactly: "19.9" in USD is 1990; no binary fractions on the way.
 * Decimals beyond the currency's exponent must be zero. Throws `money.not-a-price`.
 */
export function parseMoney(text: string, currency: string): Money {
  const exponent = currencyExponent(currency)
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw failure('money.not-a-price', `price "${text.slice(0, 40)}" is not a decimal number`)
  const decimals = match[2] ?? ''
  if (/[1-9]/.test(decimals.slice(exponent)))
    throw failure('money.not-a-price', `price "${text.slice(0, 40)}" has more than ${exponent} decimals of ${currency}`)
  const amount = Number(match[1] + decimals.slice(0, exponent).padEnd(exponent, '0'))
  if (!Number.isSafeInteger(amount)) throw failure('money.not-a-price', `price "${text.slice(0, 40)}" is too large`)
  return { amount, currency }
}

/** The amount in major units, for columns that are compared and filtered, never for sums. */
export const majorUnits = (money: Money): number => money.amount / 10 ** currencyExponent(money.currency)

/** "1990 USD" as "19.90". */
export function formatMinorUnits(money: Money): string {
  const exponent = currencyExponent(money.currency)
  if (exponent === 0) return String(money.amount)
  const digits = String(money.amount).padStart(exponent + 1, '0')
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
