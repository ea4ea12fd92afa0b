import { DECODED_LENGTHS, encodeLength } from './small-float.ts'

/**
 * BM25F as Lucene 10 computes it for several fields read as one: CombinedFieldQuery (statistics),
 * MultiNormsLeafSimScorer (length) and BM25Similarity (score); the formula is Robertson and Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.6. Lucene computes in 32-bit floats, this in 64.
 */
export interface CollectionStatistics {
  /** Documents with at least one term in the field, the largest over fields. Deleted ones count until merged away. */
  readonly documents: number
  /** Weighted number of terms per document. */
  readonly averageLength: number
}

/**
 * @param fieldDocuments documents that have the field, per field
 * @param fieldTerms terms in the field over all documents, per field
 */
export function collectionStatistics(
  weights: readonly number[],
  fieldDocuments: readonly number[],
  fieldTerms: readonly number[],
): CollectionStatistics {
  let documents = 0
  let terms = 0
  for (let field = 0; field < weights.length; field++) {
    documents = Math.max(documents, fieldDocuments[field]!)
    // Lucene adds into a long: what a fractional weight leaves over is dropped.
    terms = Math.trunc(terms + weights[field]! * fieldTerms[field]!)
  }
  return { documents, averageLength: documents === 0 ? 1 : Math.max(terms, 1) / documents }
}

export function inverseDocumentFrequency(documents: number, documentFrequency: number): number {
  return Math.log(1 + (documents - documentFrequency + 0.5) / (documentFrequency + 0.5))
}

/** The length byte of a document: every field's length is encoded, weighted, added, and the sum encoded again. */
export function combinedLength(weights: readonly number[], lengths: ArrayLike<number>, at: number): number {
  let sum = 0
  for (let field = 0; field < weights.length; field++) {
    const length = lengths[at + field]!
    if (length > 0) sum += weights[field]! * DECODED_LENGTHS[encodeLength(length)]!
  }
  return encodeLength(Math.min(Math.round(sum), 0x7fffffff))
}

/** k1 · (1 − b + b · length / averageLength) for every length byte. */
export function lengthNormalisation(k1: number, b: number, averageLength: number): Float64Array {
  return DECODED_LENGTHS.map((length) => k1 * (1 - b + (b * length) / averageLength))
}

/**
 * Contributions are multiples of 2⁻⁴⁰, so that their sums (below 2¹²) are exact whatever the order of adding: the
 * pruned and the exhaustive path then agree bit for bit. Adding 1.5 · 2¹² rounds to the multiple; taking away one unit
 * less leaves every contribution above zero, so that "score is zero" means "does not match". The error is 10⁻¹².
 */
export const ROUND_IN = 6144
export const ROUND_OUT: number = 6144 - 2 ** -40

/** What one matching term scores: weight = boost · idf, saturation = tf / (tf + normalisation). Hot loops repeat this line. */
export function contribution(weight: number, saturation: number): number {
  return weight * saturation + ROUND_IN - ROUND_OUT
}

/** Scores compare, and are returned, in millionths. */
export const SCORE_SCALE = 1e6
