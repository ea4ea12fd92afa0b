import { failure } from '../failures.ts'
import { batchesByLength } from '../length-batches.ts'
import type { EncoderText, TextEncoder } from '../text-encoder.ts'
import { productText } from './product-text.ts'
import { openSentenceNetwork, type SentenceNetwork } from './sentence-network.ts'
import { openTextTokens } from './text-tokens.ts'
import type { TransformerModel } from './transformer-model.ts'

/** Of two lengths, so that a graph made for one text, or for one length, is found out. */
const trialSentences = ['a', 'a b a']

/**
 * Opens a model in this thread. Encoding gives the event loop a turn after each batch, and holds it for the batch: 20 to 30 ms on a
 * free core. Fails with `text-encoder.bad-model`, naming the file.
 */
export async function openTransformerEncoder(directory: string, model: TransformerModel): Promise<TextEncoder> {
  const tokensOf = await openTextTokens(directory, model)
  const network = await openSentenceNetwork(directory, model)
  const dimensions = await tryOut(directory, model, network, trialSentences.map(tokensOf))
  const { encoder, kind, name, languages } = model
  const underWay = new Set<Promise<Float32Array>>()
  let closed: Promise<void> | null = null

  async function encodeInBatches(texts: readonly string[]): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * dimensions)
    const lengths = texts.map(({ length }) => length)
    for (const batch of batchesByLength(lengths, model.textsAtOnce)) {
      const read = batch
        .map((at) => ({ at, tokens: tokensOf(texts[at] ?? '') }))
        .filter(({ tokens }) => tokens.length > 0)
      if (read.length === 0) continue
      const rows = await network.run(read.map(({ tokens }) => tokens))
      read.forEach(({ at }, row) => {
        vectors.set(rows[row] ?? [], at * dimensions)
      })
    }
    return vectors
  }
  async function encode(texts: readonly string[]): Promise<Float32Array> {
    if (closed !== null) throw failure('text-encoder.stopped', `encoder "${encoder}" is closed`, { encoder })
    const vectors = encodeInBatches(texts)
    underWay.add(vectors)
    return vectors.finally(() => underWay.delete(vectors))
  }

  return Object.freeze({
    description: Object.freeze({ encoder, kind, name, dimensions, languages }),
    encodeProducts: (products: readonly EncoderText[]) => encode(products.map(productText)),
    encodeQueries: encode,
    close() {
      // A network that is let go of under a running call would fail it.
      closed ??= Promise.allSettled(underWay).then(() => network.close())
      return closed
    },
  })
}

/** Runs some sentences: only then is it known that the parts fit together, and how long vectors are. Answers with that length. */
async function tryOut(
  directory: string,
  { model, textsAtOnce }: TransformerModel,
  network: SentenceNetwork,
  sentences: readonly (readonly number[])[],
): Promise<number> {
  const bad = (what: string, cause?: unknown) =>
    failure('text-encoder.bad-model', `${model} in "${directory}" ${what}`, { folder: directory, file: model }, cause)
  try {
    const vectors = await network.run(sentences.slice(0, textsAtOnce))
    if (vectors.every((vector) => vector.some((value) => value !== 0))) return vectors[0]?.length ?? 0
  } catch (cause) {
    await network.close()
    throw bad(`cannot encode a sentence: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
  await network.close()
  throw bad('encodes a sentence as a vector of zeros')
}
