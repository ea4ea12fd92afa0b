/** What encoders read of a product. */
export type EncoderText = Readonly<{
  title: string
  brand: string | null
  categoryPath: readonly string[]
  attributes: Readonly<Record<string, readonly string[]>>
  description: string
  /** What customers wrote, the most telling first. */
  reviews: readonly string[]
  /** ISO 639 code; null where unknown. */
  language: string | null
}>

export type EncoderDescription = Readonly<{
  /** Names the encoder by its content: the same files give the same id, other files another. `[a-z0-9.-]{1,80}`. */
  encoder: string
  kind: 'catalogue' | 'transformer'
  /** For people. */
  name: string
  dimensions: number
  /** Languages that its vectors mean something in; null: any. */
  languages: readonly string[] | null
}>

/**
 * Turns texts into vectors whose cosine says how near their meanings are.
 *  - Answers one vector of `dimensions` float32 for each text, in order, in one array; each of length 1, or all zero where
 *    the text holds nothing that the encoder can read.
 *  - The same text gives the same vector, whatever is encoded beside it.
 *  - Total: no text makes it throw. Long texts are cut, as the encoder says.
 */
export interface TextEncoder {
  readonly description: EncoderDescription
  encodeProducts(products: readonly EncoderText[]): Promise<Float32Array>
  encodeQueries(queries: readonly string[]): Promise<Float32Array>
  close(): Promise<void>
}
