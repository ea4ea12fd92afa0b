import { seededRandom } from '@eip/kernel'
import { failure } from '../failures.ts'
import type { EncoderDescription, EncoderText } from '../text-encoder.ts'
import { makeArtifactDirectory, writeCatalogueArtifact } from './catalogue-artifact.ts'
import { catalogueDescription } from './catalogue-description.ts'
import { catalogueEncoderLimits as limits } from './catalogue-encoder-limits.ts'
import { catalogueFailure } from './catalogue-failures.ts'
import { contrastiveDefaults, learnRows } from './contrastive-training.ts'
import { sampleCorpus } from './corpus-sample.ts'
import { initialRows } from './initial-rows.ts'
import { quantise } from './learned-terms.ts'
import { createTrainingSet } from './training-set.ts'

export type CatalogueTraining = Readonly<{
  /** Read once. */
  corpus: Iterable<EncoderText>
  /** Made where it does not exist; fails with `text-encoder.directory-not-empty`. */
  directory: string
  /** Whole number, 1 unless given. */
  seed?: number
  /** 384 unless given; 32 to 1,024. */
  dimensions?: number
  /** `share` of the whole, in [0, 1], never falling. */
  onProgress?: (phase: string, share: number) => void
  /** Looked at between steps; its reason is thrown. */
  signal?: AbortSignal
}>

/** The share of the whole at which each phase begins, about as long as each takes. */
const begins = Object.freeze({ reading: 0, analysing: 0.03, factorising: 0.08, learning: 0.2, writing: 0.99 })

/**
 * Trains on `corpus` and writes an artefact into `directory`. Deterministic: the same corpus, options and seed give the same bytes.
 * Runs synchronously, for seconds to minutes: call it in a child process or a thread of its own.
 * Fails with `text-encoder.too-few-products`.
 */
export function trainCatalogueEncoder(options: CatalogueTraining): EncoderDescription {
  const { corpus, directory, seed = 1, dimensions = 384, onProgress, signal } = options
  checkDimensions(dimensions)
  const lookAt = (phase: keyof typeof begins, end: number) => (share: number) => {
    signal?.throwIfAborted()
    onProgress?.(phase, begins[phase] + (end - begins[phase]) * share)
  }
  makeArtifactDirectory(directory)
  const random = seededRandom(seed)
  const reading = lookAt('reading', begins.analysing)
  reading(0)
  const look = (seen: number) => reading(seen / (seen + limits.mostProductsRead))
  const { products, corpusSize } = sampleCorpus(corpus, { most: limits.mostProductsRead, random, look })
  checkCount(corpusSize)
  const analysing = lookAt('analysing', begins.factorising)
  const set = createTrainingSet(products, { mostTerms: limits.mostTerms, look: analysing })
  const rows = initialRows(set, { dimensions, random, look: lookAt('factorising', begins.learning) })
  const gains = set.rarity.map(Math.sqrt)
  learnRows(set, rows, gains, { ...contrastiveDefaults, dimensions, random, look: lookAt('learning', begins.writing) })
  lookAt('writing', 1)(0)
  const header = {
    name: `Trained on ${corpusSize} products`,
    dimensions,
    queryLanguages: [...set.languages],
    averageLengths: [...set.averageLengths],
    corpus: { products: corpusSize, learnedFrom: products.length },
    seed,
  }
  const encoder = writeCatalogueArtifact(directory, header, quantise(set, rows, gains, dimensions))
  onProgress?.('writing', 1)
  return catalogueDescription(encoder, header)
}

function checkDimensions(dimensions: number): void {
  const { fewestDimensions, mostDimensions } = limits
  if (Number.isSafeInteger(dimensions) && dimensions >= fewestDimensions && dimensions <= mostDimensions) return
  throw catalogueFailure(
    'text-encoder.bad-dimensions',
    `dimensions is ${dimensions}, not a whole number from ${fewestDimensions} to ${mostDimensions}`,
    { dimensions },
  )
}

function checkCount(products: number): void {
  const { fewestProducts } = limits
  if (products >= fewestProducts) return
  throw failure(
    'text-encoder.too-few-products',
    `the catalogue has ${products} products; an encoder is trained on ${fewestProducts} or more`,
    { products, fewestProducts },
  )
}
