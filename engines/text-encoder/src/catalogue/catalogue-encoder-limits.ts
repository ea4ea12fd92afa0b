/** What the encoder trained on a catalogue takes, and how much of it. */
export const catalogueEncoderLimits = Object.freeze({
  /** Fewer products than these say nothing about which words belong together. */
  fewestProducts: 50,
  /** Of a larger catalogue a uniform sample is learned from: memory and time stay bounded for any number of products. */
  mostProductsRead: 60_000,
  /** The most frequent terms have a learned row each; the others a computed one. */
  mostTerms: 100_000,
  fewestDimensions: 32,
  mostDimensions: 1_024,
  /** UTF-16 code units of a product that are read, by field; the rest is cut. */
  titleCharacters: 1_000,
  brandCharacters: 200,
  categoryCharacters: 500,
  attributesCharacters: 2_000,
  descriptionCharacters: 2_000,
  reviewsCharacters: 1_000,
})
