/** Folded names of currencies. "$" is every dollar's: the catalogue decides which. "pound" is left to weights. */
const NAMES: Readonly<Record<string, string>> = {
  USD: '$ us$ usd dollar dollars dolar dolares buck bucks 달러 불',
  KRW: '₩ krw won 원',
  BRL: 'r$ brl real reais',
  EUR: '€ eur euro euros 유로',
  GBP: '£ gbp quid 파운드스털링',
  JPY: '¥ jpy yen 엔',
  CNY: 'cny rmb yuan 위안',
  INR: '₹ inr rupee rupees',
}

const codes = new Map<string, string>()
for (const [code, names] of Object.entries(NAMES)) for (const name of names.split(' ')) codes.set(name, code)

export const currencyOf = (name: string): string | undefined => codes.get(name)

export const hangulCurrencies: readonly string[] = [...codes.keys()].filter((name) => /^\p{sc=Hangul}+$/u.test(name))

/** Currencies whose sign is "$". */
const DOLLARS: readonly string[] = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'CLP', 'COP', 'ARS']

/** The catalogue's currency that the shopper's word means, or the word's own if the catalogue has none of it. */
export function currencyInCatalogue(code: string, catalogue: readonly string[]): { code: string; isKnown: boolean } {
  if (catalogue.includes(code)) return { code, isKnown: true }
  const dollar = code === 'USD' ? catalogue.find((currency) => DOLLARS.includes(currency)) : undefined
  return dollar === undefined ? { code, isKnown: false } : { code: dollar, isKnown: true }
}
