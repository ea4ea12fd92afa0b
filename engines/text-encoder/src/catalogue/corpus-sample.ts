import type { Random } from '@eip/kernel'
import type { EncoderText } from '../text-encoder.ts'
import { type FieldTexts, fieldTexts } from './product-terms.ts'

export type CorpusSample = Readonly<{ products: readonly FieldTexts[]; corpusSize: number }>

/** A uniform sample of at most `most` products, in one pass: Algorithm R (Vitter 1985). Remembers no more than it answers. */
export function sampleCorpus(
  corpus: Iterable<EncoderText>,
  { most, random, look }: { most: number; random: Random; look: (seen: number) => void },
): CorpusSample {
  const products: FieldTexts[] = []
  let corpusSize = 0
  for (const product of corpus) {
    const place = corpusSize < most ? corpusSize : random.integer(corpusSize + 1)
    if (place < most) products[place] = fieldTexts(product)
    corpusSize++
    if (corpusSize % 1_000 === 0) look(corpusSize)
  }
  return { products, corpusSize }
}
