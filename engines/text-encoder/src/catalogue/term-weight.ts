/** How telling a term is that `count` of `products` have: the inverse document frequency of BM25, always positive. */
export const inverseFrequency = (count: number, products: number): number =>
  Math.log(1 + (products - count + 0.5) / (count + 0.5))

/** Weight of the stem beside the word itself, as in the text index's queries. */
export const stemWeight = 0.8
