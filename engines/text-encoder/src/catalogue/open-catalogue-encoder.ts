import { createAnalyzer } from '@eip/engine-text-analysis'
import type { TextEncoder } from '../text-encoder.ts'
import { readCatalogueArtifact } from './catalogue-artifact.ts'
import { catalogueDescription } from './catalogue-description.ts'
import { analyzeFields, fieldTexts, termWeights } from './product-terms.ts'
import { createQueryTerms } from './query-terms.ts'
import { createSimilarSpelling } from './similar-spelling.ts'
import { createTermSums } from './term-sums.ts'

/**
 * Opens an artefact in this thread; its methods compute inside the call and answer at once. Holds the rows as bytes.
 * Fails with `text-encoder.bad-artifact`, naming the file.
 */
export function openCatalogueEncoder(directory: string): TextEncoder {
  const { encoder, header, learned } = readCatalogueArtifact(directory)
  const { dimensions, averageLengths, queryLanguages, corpus } = header
  const analyzer = createAnalyzer()
  const sums = createTermSums(learned, corpus.learnedFrom)
  const queryTerms = createQueryTerms({
    analyzer,
    languages: queryLanguages,
    isLearned: sums.isLearned,
    // A word that stands once in the catalogue may be a slip itself.
    similarSpelling: createSimilarSpelling(learned.terms.slice(0, learned.repeated)),
  })
  const encodeEach = <T>(texts: readonly T[], termsOf: (text: T) => Iterable<readonly [string, number]>) => {
    const vectors = new Float32Array(texts.length * dimensions)
    for (const [at, text] of texts.entries()) sums.write(termsOf(text), vectors, at * dimensions)
    return Promise.resolve(vectors)
  }
  return Object.freeze({
    description: catalogueDescription(encoder, header),
    encodeProducts: (products) =>
      encodeEach(products, (product) => termWeights(analyzeFields(analyzer, fieldTexts(product)), averageLengths)),
    encodeQueries: (queries) => encodeEach(queries, queryTerms),
    close: () => Promise.resolve(),
  } satisfies TextEncoder)
}
