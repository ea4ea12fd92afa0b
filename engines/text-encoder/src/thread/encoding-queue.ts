import { setImmediate } from 'node:timers/promises'
import { batchesByLength } from '../length-batches.ts'
import type { EncoderText, TextEncoder } from '../text-encoder.ts'

/** A query waits for one such piece of a catalogue at most. It is cut as a transformer's batch is, so that cutting costs nothing. */
const textsInPiece = 8

/** In memory that nobody else holds: it may move to another thread. */
type OwnedVectors = Float32Array<ArrayBuffer>

type Job = Readonly<{
  /** Places of the texts that are still to be encoded, a piece each. */
  pieces: number[][]
  encode(places: readonly number[]): Promise<Float32Array>
  vectors: OwnedVectors
  resolve(vectors: OwnedVectors): void
  reject(error: unknown): void
}>

/** An encoder that one thread's callers share: queries before products. */
export interface EncodingQueue {
  products(texts: readonly EncoderText[]): Promise<OwnedVectors>
  queries(texts: readonly string[]): Promise<OwnedVectors>
}

/**
 * ```
 *   queries   [q4] [q3]         ──▶ ┐  one piece at a time (8 short texts, or 1 long), of the
 *   products  [p2 ▒▒▒] [p1 ▒▒▒▒] ─▶ ┘  query line, else of the product line; what has
 *                ▲                     pieces left goes to the end of its line
 *                └──────────────────
 * ```
 * A large request does not hold up small ones of its kind. Between pieces the event loop has a turn: what was asked
 * meanwhile is seen.
 */
export function encodingQueue(encoder: TextEncoder): EncodingQueue {
  const { dimensions } = encoder.description
  const queryLine: Job[] = []
  const productLine: Job[] = []
  let isWorking = false

  async function work(): Promise<void> {
    isWorking = true
    for (;;) {
      const line = queryLine.length > 0 ? queryLine : productLine
      const job = line.shift()
      if (job === undefined) break
      if (await step(job, dimensions)) line.push(job)
      await setImmediate()
    }
    isWorking = false
  }
  function add(line: Job[], lengths: readonly number[], encode: Job['encode']): Promise<OwnedVectors> {
    const { promise, resolve, reject } = Promise.withResolvers<OwnedVectors>()
    const vectors = new Float32Array(lengths.length * dimensions)
    line.push({ pieces: batchesByLength(lengths, textsInPiece), encode, vectors, resolve, reject })
    if (!isWorking) void work()
    return promise
  }
  return Object.freeze({
    products: (texts: readonly EncoderText[]) =>
      add(productLine, texts.map(lengthOfProduct), (places) => encoder.encodeProducts(chosen(texts, places))),
    queries: (texts: readonly string[]) =>
      add(queryLine, texts.map(lengthOfQuery), (places) => encoder.encodeQueries(chosen(texts, places))),
  })
}

/** Encodes the next piece of a request; answers true if there are more. */
async function step({ pieces, encode, vectors, resolve, reject }: Job, dimensions: number): Promise<boolean> {
  try {
    const places = pieces.shift() ?? []
    const encoded = places.length > 0 ? await encode(places) : vectors
    places.forEach((place, row) => {
      vectors.set(encoded.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions)
    })
    if (pieces.length === 0) resolve(vectors)
    return pieces.length > 0
  } catch (error) {
    reject(error)
    return false
  }
}

const lengthOfProduct = ({ title, description }: EncoderText): number => title.length + description.length
const lengthOfQuery = (query: string): number => query.length
const chosen = <Text>(texts: readonly Text[], places: readonly number[]): Text[] =>
  places.map((place) => texts[place] as Text)
