import { failures } from '@eip/kernel'
import { z } from 'zod'
import { availability } from './features/availability.ts'
import { freshness } from './features/freshness.ts'
import { intent } from './features/intent.ts'
import { popularity } from './features/popularity.ts'
import { price } from './features/price.ts'
import { rating } from './features/rating.ts'
import { text } from './features/text.ts'
import { vector } from './features/vector.ts'

const failure = failures({
  'ranking.bad-policy': { kind: 'invalid', cure: 'Mend the named fields; engines/ranking/DESIGN.md lists them all.' },
})

const weight = z.number().min(-100).max(100)

/**
 * How a shop ranks: a document that is published, never changed; a change is a new `version` of the same `id`.
 * Each feature's `weights` entry says how much one whole step of its value counts, `features` how its value is made.
 */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case words joined by hyphens'),
  version: z.int().min(1),
  /** Of this document's shape. */
  schema: z.literal(1),
  weights: z.strictObject({
    text: weight,
    vector: weight,
    intent: weight,
    popularity: weight,
    price: weight,
    rating: weight,
    freshness: weight,
    availability: weight,
  }),
  features: z.strictObject({
    text: text.parameters,
    vector: vector.parameters,
    intent: intent.parameters,
    popularity: popularity.parameters,
    price: price.parameters,
    rating: rating.parameters,
    freshness: freshness.parameters,
    availability: availability.parameters,
  }),
})

type DeepReadonly<T> = { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
export type Policy = DeepReadonly<z.infer<typeof policySchema>>

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

/** Reads a policy document. The answer is frozen and shares nothing with what came in. Throws `ranking.bad-policy`, which names every faulty field. */
export function parsePolicy(document: unknown): Policy {
  const parsed = policySchema.safeParse(document)
  if (parsed.success) return deepFreeze(parsed.data)
  const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'policy', message }))
  const sentence = faults.map(({ field, message }) => `${field}: ${message}`).join('; ')
  throw failure('ranking.bad-policy', `the ranking policy cannot be used: ${sentence}`, { faults })
}

const usualFeatures = {
  text: {},
  vector: {},
  intent: {},
  popularity: { half: 100 },
  price: { half: 50 },
  rating: { priorMean: 3.8, priorWeight: 10 },
  freshness: { halfLifeDays: 180 },
  availability: {},
}

/**
 * What a shop starts with. Relevance leads: words and meaning share one whole step, as the query's fusion divides it;
 * together, popularity, rating and freshness move a product by about a sixth of that at most, which decides among
 * products that fit the query alike.
 */
export const defaultPolicy: Policy = parsePolicy({
  id: 'default',
  version: 1,
  schema: 1,
  weights: {
    text: 1,
    vector: 1,
    intent: 0.1,
    popularity: 0.1,
    price: 0,
    rating: 0.2,
    freshness: 0.02,
    availability: 0.3,
  },
  features: usualFeatures,
})

/** Words and meaning, and nothing else. */
export const relevancePolicy: Policy = parsePolicy({
  id: 'relevance',
  version: 1,
  schema: 1,
  weights: {
    text: 1,
    vector: 1,
    intent: 0,
    popularity: 0,
    price: 0,
    rating: 0,
    freshness: 0,
    availability: 0,
  },
  features: usualFeatures,
})

/** Names the policy in answers and logs: `default@1`. */
export const policyName = (policy: Policy): string => `${policy.id}@${policy.version}`
