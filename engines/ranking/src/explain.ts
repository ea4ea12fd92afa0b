import type { Candidates } from './candidates.ts'
import { type FeatureName, weighFeatures } from './feature-set.ts'
import type { Policy } from './policy.ts'

/** `contribution` = weight · (value − neutral); 0 where the value is absent (null). */
export type FeatureExplanation = Readonly<{
  name: FeatureName
  value: number | null
  neutral: number
  weight: number
  contribution: number
}>

/**
 * Why candidate `index` has the score that `score` gives it with the same policy, candidates and `now`: every feature,
 * those of weight 0 too. The contributions, summed in their order, are that score. O(features).
 */
export function explain(
  policy: Policy,
  candidates: Candidates,
  now: number,
  index: number,
): readonly FeatureExplanation[] {
  if (!(Number.isInteger(index) && index >= 0 && index < candidates.count))
    throw new RangeError(`there is no candidate ${index} among ${candidates.count}`)
  return weighFeatures(policy).map(({ name, weight, neutral, reader }) => {
    const value = reader(candidates, now)(index)
    if (Number.isNaN(value)) return { name, value: null, neutral, weight, contribution: 0 }
    return { name, value, neutral, weight, contribution: weight === 0 ? 0 : weight * (value - neutral) }
  })
}
