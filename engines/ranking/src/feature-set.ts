import type { Candidates } from './candidates.ts'
import type { Feature, ValueReader } from './feature.ts'
import { availability } from './features/availability.ts'
import { freshness } from './features/freshness.ts'
import { intent } from './features/intent.ts'
import { logistics } from './features/logistics.ts'
import { popularity } from './features/popularity.ts'
import { price } from './features/price.ts'
import { rating } from './features/rating.ts'
import { stock } from './features/stock.ts'
import { text } from './features/text.ts'
import { vector } from './features/vector.ts'
import type { Policy } from './policy.ts'

/** Every feature, once. The policy's schema, scores and explanations come from this table, in this order. */
export const features = Object.freeze({
  ...{ text, vector, intent, popularity, price, rating, freshness },
  ...{ availability, stock, logistics },
})
export type FeatureName = keyof typeof features

/** A feature with a policy's weight and parameters. */
export type WeightedFeature = Readonly<{
  name: FeatureName
  weight: number
  neutral: number
  reader(candidates: Candidates, now: number): ValueReader
}>

function weigh<Parameters>(
  feature: Feature<FeatureName, Parameters>,
  policy: Policy,
  parameters: Parameters,
): WeightedFeature {
  return {
    name: feature.name,
    weight: policy.weights[feature.name],
    neutral: feature.neutral(parameters),
    reader: (candidates, now) => feature.reader(parameters, candidates, now),
  }
}

/** The features as the policy weighs them, in the order in which contributions are summed. */
export const weighFeatures = (policy: Policy): readonly WeightedFeature[] => [
  weigh(text, policy, policy.features.text),
  weigh(vector, policy, policy.features.vector),
  weigh(intent, policy, policy.features.intent),
  weigh(popularity, policy, policy.features.popularity),
  weigh(price, policy, policy.features.price),
  weigh(rating, policy, policy.features.rating),
  weigh(freshness, policy, policy.features.freshness),
  weigh(availability, policy, policy.features.availability),
  weigh(stock, policy, policy.features.stock),
  weigh(logistics, policy, policy.features.logistics),
]
