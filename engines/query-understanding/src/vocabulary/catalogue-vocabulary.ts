type Counted<Key extends string> = Readonly<Record<Key, string> & { count: number }>

/** One name in two scripts, as titles or brands of the catalogue show it: 나이키 and nike. Folded, words parted by one space. */
export type ScriptPair = Readonly<{
  hangul: string
  latin: string
  /** Products that show both. */
  count: number
  /** A brand field itself says both ("나이키(NIKE)"); otherwise only titles do, and the sound has to agree. */
  isBrand: boolean
}>

/**
 * What a catalogue calls things, counted in products: all that reading a query needs to know of it.
 * Lists come most frequent first and hold at most `vocabularyLimits` entries, however many products there are.
 */
export type CatalogueVocabulary = Readonly<{
  products: number
  /** As the catalogue writes them. */
  brands: readonly Counted<'value'>[]
  categories: readonly Readonly<{ path: readonly string[]; count: number }>[]
  attributes: readonly Readonly<{ name: string; values: readonly Counted<'value'>[] }>[]
  /** Folded words of titles and brands, and names without their joining signs ("wifi" of "Wi-Fi"). */
  words: readonly Counted<'text'>[]
  /** Runs of two or three words that at least three titles hold; words parted by one space. */
  phrases: readonly Counted<'text'>[]
  currencies: readonly Counted<'value'>[]
  scriptPairs?: readonly ScriptPair[]
}>

/** The most entries that a vocabulary holds. They bound the memory of everything that is built from one. */
export const vocabularyLimits = Object.freeze({
  words: 50_000,
  phrases: 20_000,
  brands: 20_000,
  categories: 10_000,
  attributes: 200,
  valuesOfAttribute: 500,
  scriptPairs: 20_000,
})
