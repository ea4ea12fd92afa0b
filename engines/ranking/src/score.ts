import type { Candidates } from './candidates.ts'
import { weighFeatures } from './feature-set.ts'
import type { Policy } from './policy.ts'

/**
 * Writes each candidate's score, Σ weight · (value − neutral), to `out` (at least `count` long), and answers with it.
 * `now` is in milliseconds since the epoch. An absent value adds exactly nothing. O(features · count); nothing is
 * allocated per candidate. One feature after the other runs over its own column: the inner loop stays in cache and
 * calls one function only.
 */
export function score(policy: Policy, candidates: Candidates, now: number, out: Float64Array): Float64Array {
  const { count } = candidates
  if (out.length < count) throw new RangeError(`out has ${out.length} places for ${count} candidates`)
  out.fill(0, 0, count)
  for (const feature of weighFeatures(policy)) {
    const { weight, neutral } = feature
    if (weight === 0) continue
    const read = feature.reader(candidates, now)
    for (let i = 0; i < count; i++) {
      const value = read(i)
      if (!Number.isNaN(value)) out[i] = out[i]! + weight * (value - neutral)
    }
  }
  return out
}
