import type { FusionMethod } from './normalization.ts'

/** What a query and its two result lists show of whether words or meaning find better. */
export type FusionSignals = Readonly<{
  /** Words that tell something; stop words do not count. */
  words: number
  /** A word of letters and digits ("tn-2110", "ps4"): it names one thing, and its neighbours by meaning are other things. */
  hasModelNumber: boolean
  hasNumber: boolean
  /** Every word belongs to a brand's name. */
  namesBrandOnly: boolean
  /** Products that the words found, of those that matched as many as they had to. */
  foundByWords: number
  /** Share of the ten best by words that are among the ten best by meaning; 0 … 1. */
  agreement: number
}>

export type FusionSignal = 'oneWord' | 'manyWords' | 'modelNumber' | 'number' | 'brandOnly' | 'noAgreement'

/** How lists are combined for one kind of encoder: where the weight of meaning starts, and what moves it. */
export type FusionProfile = Readonly<{
  method: FusionMethod
  base: number
  changes: Readonly<Record<FusionSignal, number>>
}>

/**
 * Chosen on the development queries of Icecat, CrowdFlower and Home Depot together, by five-fold cross-validation over
 * queries; DESIGN.md has the figures. A transformer is strong enough to be asked by rank; what is trained on the
 * catalogue alone is a weaker witness: it gets a small say, and how far its scores are apart counts.
 */
export const fusionProfiles = Object.freeze({
  transformer: {
    method: 'reciprocal-rank',
    base: 0.65,
    changes: { oneWord: -0.3, manyWords: 0.1, modelNumber: -0.2, number: -0.1, brandOnly: -0.2, noAgreement: -0.1 },
  },
  catalogue: {
    method: 'min-max',
    base: 0.4,
    changes: { oneWord: -0.3, manyWords: 0.1, modelNumber: -0.1, number: -0.05, brandOnly: -0.2, noAgreement: -0.15 },
  },
}) satisfies Readonly<Record<string, FusionProfile>>

/** From so many words on, a query describes rather than names. */
const fewestManyWords = 4

const sentences: Readonly<Record<FusionSignal, string>> = Object.freeze({
  oneWord: 'one word alone',
  manyWords: 'a description of many words',
  modelNumber: 'a model number',
  number: 'a number',
  brandOnly: 'nothing but a brand',
  noAgreement: 'words and meaning agree on nothing',
})

const shows: Readonly<Record<FusionSignal, (signals: FusionSignals) => boolean>> = Object.freeze({
  oneWord: ({ words }) => words === 1,
  manyWords: ({ words }) => words >= fewestManyWords,
  modelNumber: ({ hasModelNumber }) => hasModelNumber,
  number: ({ hasNumber }) => hasNumber,
  brandOnly: ({ namesBrandOnly }) => namesBrandOnly,
  noAgreement: ({ agreement }) => agreement === 0,
})

/** What moved the weight by how much, or settled it; `reasons` say the same for people. */
export type WeightCause = Readonly<{ signal: FusionSignal | 'base' | 'nothingNear' | 'nothingFound'; change: number }>

export type VectorWeight = Readonly<{ weight: number; reasons: readonly string[]; signals: readonly WeightCause[] }>

/** Neither side is ever silenced while it has something to say. */
const least = 0.05
const most = 0.95

/**
 * What meaning is to be worth in a query, in [0, 1], and why. Where the words found nothing, meaning is all there is;
 * where nothing was near in meaning (`foundByMeaning` 0), the words are.
 */
export function vectorWeight(
  { base, changes }: FusionProfile,
  signals: FusionSignals & Readonly<{ foundByMeaning: number }>,
): VectorWeight {
  if (signals.foundByMeaning === 0) return settled(0, 'nothingNear', 'nothing is near in meaning')
  if (signals.foundByWords === 0) return settled(1, 'nothingFound', 'the words found nothing')
  let weight = base
  const reasons = [`base ${base}`]
  const causes: WeightCause[] = [{ signal: 'base', change: base }]
  for (const signal of Object.keys(changes) as FusionSignal[]) {
    const change = changes[signal]
    if (change === 0 || !shows[signal](signals)) continue
    weight += change
    causes.push({ signal, change })
    reasons.push(`${sentences[signal]} (${change > 0 ? '+' : '−'}${Math.abs(change)})`)
  }
  return { weight: Math.min(most, Math.max(least, weight)), reasons, signals: causes }
}

const settled = (weight: number, signal: WeightCause['signal'], reason: string): VectorWeight => ({
  weight,
  reasons: [reason],
  signals: [{ signal, change: weight }],
})
