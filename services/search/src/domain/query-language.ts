import { detectLanguage } from '@eip/engine-text-analysis'

/** Languages that products of the shop are written in, the commonest first. */
export type ShopLanguages = readonly [string, ...string[]]

export const defaultShopLanguages: ShopLanguages = Object.freeze(['en', 'ko', 'pt'])

/**
 * The languages to read a query in: the one given or detected, then the shop's others, for a shopper's word may stand
 * in a product of any of them.
 */
export function queryLanguages(text: string, given: string | undefined, shop: ShopLanguages): readonly string[] {
  const first = given ?? detectLanguage(text, { candidates: shop, fallback: shop[0] })
  return [...new Set([first, ...shop])]
}
