import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEncoderThread, trainCatalogueEncoder } from '@eip/engine-text-encoder'
import { decodeVector, encodeVector } from '@eip/engine-vector-index'
import type { AskedCatalogue } from './asked-catalogue.ts'
import type { CatalogueVectors } from './exact-nearest.ts'

/** Vectors of a catalogue, and of its queries: null where the encoder can read nothing in one. */
export type AskedVectors = Readonly<{ catalogue: CatalogueVectors; queries: readonly (Float32Array | null)[] }>

/** Fewer than the default's, so that the encoder is trained in seconds: what is compared is the same either way. */
const dimensions = 128
const productsACall = 500

/** Trains an encoder on the catalogue and lets it read products and queries: the same catalogue gives the same vectors. */
export async function vectorsFor(
  { products, queries }: AskedCatalogue,
  onProgress: (phase: string, share: number) => void,
): Promise<AskedVectors> {
  const aside = await mkdtemp(join(tmpdir(), 'eip-parity-encoder-'))
  const directory = join(aside, 'encoder')
  try {
    trainCatalogueEncoder({ corpus: products, directory, dimensions, onProgress })
    const encoder = await openEncoderThread(directory)
    try {
      const values = new Float32Array(products.length * dimensions)
      for (let at = 0; at < products.length; at += productsACall)
        values.set(await encoder.encodeProducts(products.slice(at, at + productsACall)), at * dimensions)
      const read = await encoder.encodeQueries(queries)
      return {
        catalogue: { encoder: encoder.description.encoder, dimensions, values: asSent(values) },
        queries: queries.map((_, at) => present(read.slice(at * dimensions, (at + 1) * dimensions))),
      }
    } finally {
      await encoder.close()
    }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

const present = (vector: Float32Array): Float32Array | null => (vector.some((value) => value !== 0) ? vector : null)

/** The vector of one product; null where the encoder can read nothing in it. */
export const vectorAt = ({ values, dimensions }: CatalogueVectors, product: number): Float32Array | null =>
  present(values.subarray(product * dimensions, (product + 1) * dimensions))

/** As both engines get them: through what an event carries. */
function asSent(values: Float32Array): Float32Array {
  const sent = new Float32Array(values.length)
  for (let at = 0; at < values.length; at += dimensions) {
    const vector = present(values.subarray(at, at + dimensions))
    if (vector !== null) sent.set(decodeVector(encodeVector(vector)), at)
  }
  return sent
}
