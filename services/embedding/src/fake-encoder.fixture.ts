import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EncoderDescription, EncoderText, TextEncoder } from '@eip/engine-text-encoder'

const encoderFile = 'encoder.json'

/** Writes the artefact of an encoder that obeys the interface and means nothing. */
export function writeFakeArtifact(directory: string, encoder: string, dimensions = 8): EncoderDescription {
  const kind = encoder.startsWith('catalogue') ? 'catalogue' : 'transformer'
  const description = { encoder, kind, name: `Fake ${encoder}`, dimensions, languages: null } as const
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, encoderFile), JSON.stringify(description))
  return description
}

/** A direction in space by the letters of the text alone, another by every encoder; nothing for an empty one. */
function vectorOf({ encoder, dimensions }: EncoderDescription, text: string): Float32Array {
  const vector = new Float32Array(dimensions)
  if (text.trim() === '') return vector
  const digest = createHash('sha512').update(`${encoder} ${text}`).digest()
  for (let i = 0; i < dimensions; i++) vector[i] = digest[i % digest.length]! - 127.5
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

export type FakeEncoders = Readonly<{
  openEncoder: (directory: string) => Promise<TextEncoder>
  /** Texts that were encoded, over all encoders; titles. */
  read: string[]
  /** What encoding is to do first: throw, or wait. */
  before: { encode: (encoder: string, products: readonly EncoderText[]) => void | Promise<void> }
  opened(): number
  closed(): number
}>

export function fakeEncoders(): FakeEncoders {
  const read: string[] = []
  const before: FakeEncoders['before'] = { encode: () => {} }
  let opened = 0
  let closed = 0
  const openEncoder = async (directory: string): Promise<TextEncoder> => {
    const description = JSON.parse(readFileSync(join(directory, encoderFile), 'utf8')) as EncoderDescription
    opened += 1
    const encode = (texts: readonly string[]) =>
      Float32Array.from(texts.flatMap((text) => [...vectorOf(description, text)]))
    return Object.freeze({
      description,
      async encodeProducts(products: readonly EncoderText[]) {
        await before.encode(description.encoder, products)
        read.push(...products.map(({ title }) => title).filter((title) => title !== 'probe'))
        // What says only "nothing" is nothing to read.
        return encode(products.map(({ title }) => (title === 'nothing' ? '' : title)))
      },
      encodeQueries: async (queries: readonly string[]) => encode(queries),
      async close() {
        closed += 1
      },
    })
  }
  return Object.freeze({ openEncoder, read, before, opened: () => opened, closed: () => closed })
}
