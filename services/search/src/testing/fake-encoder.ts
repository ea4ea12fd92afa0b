import type { EncoderText, TextEncoder } from '@eip/engine-text-encoder'

/** The order of letters, spread over all bits (FNV-1a with a final mix). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** A word's place on the sphere, by its hash: two words are near each other only by chance. */
const component = (word: string, axis: number): number => hashOf(`${axis} ${word}`) / 2 ** 31 - 1

/** Two words of one meaning: by words alone, neither finds the other. */
const meaningOf = (word: string): string => (word === 'couch' ? 'sofa' : word)

function encode(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu))
    for (let axis = 0; axis < dimensions; axis++) vector[axis]! += component(meaningOf(word), axis)
  const length = Math.hypot(...vector)
  return length === 0 ? vector : vector.map((value) => value / length)
}

const titled = ({ title }: EncoderText): string => title

type FakeEncoder = TextEncoder & Readonly<{ asked: readonly string[] }>

export type FakeEncoderOptions = Readonly<{
  encoder?: string
  dimensions?: number
  languages?: readonly string[] | null
  /** What a product is read by (default: its title). */
  read?: (product: EncoderText) => string
  /** Waited for before queries are answered; may throw. */
  beforeQueries?: () => Promise<void>
}>

/** Texts are near by the words that they share, and a couch is a sofa: the sum of the words' places. `asked` are the queries it was given. */
export function fakeEncoder(options: FakeEncoderOptions = {}): FakeEncoder {
  const { encoder = 'fake-1', dimensions = 12, languages = null, read = titled, beforeQueries } = options
  const asked: string[] = []
  const encodeAll = (texts: readonly string[]): Float32Array => {
    const vectors = new Float32Array(texts.length * dimensions)
    for (const [at, text] of texts.entries()) vectors.set(encode(text, dimensions), at * dimensions)
    return vectors
  }
  return Object.freeze({
    description: { encoder, kind: 'catalogue' as const, name: 'Bag of words', dimensions, languages },
    asked,
    encodeProducts: async (products: readonly EncoderText[]) => encodeAll(products.map(read)),
    async encodeQueries(queries: readonly string[]) {
      asked.push(...queries)
      await beforeQueries?.()
      return encodeAll(queries)
    },
    close: async () => {},
  })
}
