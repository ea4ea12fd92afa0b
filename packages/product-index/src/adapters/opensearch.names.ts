import { createHash } from 'node:crypto'

/** A query in OpenSearch's language, or a part of one. */
export type Json = Readonly<Record<string, unknown>>

/**
 * What one generation of the serving view is called in the cluster.
 *
 *   PREFIX-generations   the book: which generations there are, and which of them serves
 *        │
 *        └─▶ PREFIX-products-GENERATION            words, columns, tags, what is shown
 *            PREFIX-state-GENERATION               positions, encoders, epoch: one document
 *            PREFIX-vectors-GENERATION-ENCODER-N   the vectors of one encoder
 *
 * The alias PREFIX-products follows the book, for people and other tools. A writer writes by the full name: switched under
 * its hands, an alias would let it go on in another generation than the one whose positions it keeps.
 */
export type IndexNames = Readonly<{
  prefix: string
  generation: string
  products: string
  /** By which products are written: where the generation was dropped meanwhile, no index is made by writing to it. */
  productsAlias: string
  state: string
  /** Of the encoder's vectors since it is held by the word of this version; and the alias by which they are written. */
  vectors(encoder: string, since: number): string
  vectorsAlias(encoder: string): string
  /** Finds the vectors of every encoder. */
  everyVectors: string
}>

export const indexNames = (prefix: string, generation: string): IndexNames => {
  const vectorsAlias = (encoder: string) => `${prefix}-vectors-${generation}-${digest(encoder).slice(0, 12)}`
  return Object.freeze({
    prefix,
    generation,
    products: `${prefix}-products-${generation}`,
    productsAlias: `${prefix}-write-${generation}`,
    state: `${prefix}-state-${generation}`,
    vectorsAlias,
    everyVectors: `${prefix}-vectors-${generation}-*`,
    vectors: (encoder: string, since: number) => `${vectorsAlias(encoder)}-${since}`,
  })
}

/** The index of the book. */
export const bookIndexName = (prefix: string): string => `${prefix}-generations`

export const servedAlias = (prefix: string): string => `${prefix}-products`

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The cluster takes 512 bytes for a document's `_id`; the true id stands in the document. */
const longestKey = 512

export const documentKey = (id: string): string => (Buffer.byteLength(id) <= longestKey ? id : `sha256:${digest(id)}`)
