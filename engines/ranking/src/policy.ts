import { failures } from '@eip/kernel'
import { z } from 'zod'
import type { Feature } from './feature.ts'
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
import { guardActions } from './guard-action.ts'

const failure = failures({
  'ranking.bad-policy': { kind: 'invalid', cure: 'Mend the named fields; engines/ranking/DESIGN.md lists them all.' },
})

type Described = Pick<Feature<string, never>, 'title' | 'description'>
const weightOf = ({ title, description }: Described) => z.number().min(-100).max(100).meta({ title, description })

/**
 * How a shop ranks: a document that is published, never changed; a change is a new `version` of the same `id`.
 * Each feature's `weights` entry says how much one whole step of its value counts, `features` how its value is made.
 */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case words joined by hyphens'),
  version: z.int().min(1),
  /** Of this document's shape. */
  schema: z.literal(2),
  weights: z.strictObject({
    text: weightOf(text),
    vector: weightOf(vector),
    intent: weightOf(intent),
    popularity: weightOf(popularity),
    price: weightOf(price),
    rating: weightOf(rating),
    freshness: weightOf(freshness),
    availability: weightOf(availability),
    stock: weightOf(stock),
    logistics: weightOf(logistics),
  }),
  features: z.strictObject({
    text: text.parameters.meta({ title: text.title }),
    vector: vector.parameters.meta({ title: vector.title }),
    intent: intent.parameters.meta({ title: intent.title }),
    popularity: popularity.parameters.meta({ title: popularity.title }),
    price: price.parameters.meta({ title: price.title }),
    rating: rating.parameters.meta({ title: rating.title }),
    freshness: freshness.parameters.meta({ title: freshness.title }),
    availability: availability.parameters.meta({ title: availability.title }),
    stock: stock.parameters.meta({ title: stock.title }),
    logistics: logistics.parameters.meta({ title: logistics.title }),
  }),
  guards: z.strictObject({
    unavailable: z.enum(guardActions).meta({
      title: 'Out of stock',
      description: 'Hide what is out of stock, put it after everything else, or show it in its place with a notice.',
    }),
    undeliverable: z.enum(guardActions).meta({
      title: 'Not delivered to the shopper',
      description:
        'Hide what is not delivered to the shopper, put it after everything else, or show it in its place with a notice.',
    }),
  }),
})

type DeepReadonly<T> = { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
export type Policy = DeepReadonly<z.infer<typeof policySchema>>

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

/** What is wrong in one field of a document: `weights.rating`. */
type Fault = Readonly<{ field: string; message: string }>

const mostFaults = 1_000
const namedFaults = 20

/** A field's name may be the caller's own text. */
const nameOf = (path: readonly PropertyKey[]) => path.map(String).join('.').slice(0, 100) || 'policy'

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: nameOf([...issue.path, key]), message: 'is no field of a policy' }))
  const message = issue.message.endsWith('received undefined') ? 'is missing' : issue.message
  return [{ field: nameOf(issue.path), message }]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** A document of the first shape knows nothing of stock and deliveries: it goes on ranking as it did. */
function ofTodaysShape(document: unknown): unknown {
  if (!isRecord(document) || document.schema !== 1) return document
  const { weights, features } = document
  if (!isRecord(weights) || !isRecord(features)) return { ...document, schema: 2, guards: showsAll }
  return {
    ...document,
    schema: 2,
    weights: { stock: 0, logistics: 0, ...weights },
    features: { stock: usualFeatures.stock, logistics: usualFeatures.logistics, ...features },
    guards: showsAll,
  }
}

/**
 * Reads a policy document, of the first shape too. The answer is frozen and shares nothing with what came in. Throws `ranking.bad-policy`: its
 * details have every faulty field (`faults`, of `field` and `message`; a thousand at most), its sentence the first twenty.
 */
export function parsePolicy(document: unknown): Policy {
  const parsed = policySchema.safeParse(ofTodaysShape(document))
  if (parsed.success) return deepFreeze(parsed.data)
  const faults = parsed.error.issues.flatMap(faultsOf).slice(0, mostFaults)
  const named = faults.slice(0, namedFaults).map(({ field, message }) => `${field}: ${message}`)
  const more = faults.length > namedFaults ? `; and ${faults.length - namedFaults} more` : ''
  throw failure('ranking.bad-policy', `the ranking policy cannot be used: ${named.join('; ')}${more}`, { faults })
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
  stock: { floorDays: 3, ceilingDays: 30 },
  logistics: { usual: 0.9 },
}
const showsAll = { unavailable: 'show', undeliverable: 'show' }

/**
 * What a shop starts with. Relevance leads: words and meaning share one whole step, as the query's fusion divides it;
 * together, popularity, rating and freshness move a product by about a sixth of that at most, which decides among
 * products that fit the query alike. Stock and deliveries decide there too; what cannot be delivered sinks below all else.
 */
export const defaultPolicy: Policy = parsePolicy({
  id: 'default',
  version: 1,
  schema: 2,
  weights: {
    text: 1,
    vector: 1,
    intent: 0.1,
    popularity: 0.1,
    price: 0,
    rating: 0.2,
    freshness: 0.02,
    availability: 0.3,
    stock: 0.06,
    logistics: 0.2,
  },
  features: usualFeatures,
  guards: { unavailable: 'sink', undeliverable: 'sink' },
})

/** Words and meaning, and nothing else. */
export const relevancePolicy: Policy = parsePolicy({
  id: 'relevance',
  version: 1,
  schema: 2,
  weights: {
    text: 1,
    vector: 1,
    intent: 0,
    popularity: 0,
    price: 0,
    rating: 0,
    freshness: 0,
    availability: 0,
    stock: 0,
    logistics: 0,
  },
  features: usualFeatures,
  guards: showsAll,
})

/** Names the policy in answers and logs: `default@1`. */
export const policyName = (policy: Policy): string => `${policy.id}@${policy.version}`
