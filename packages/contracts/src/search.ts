import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { moneySchema } from './money.ts'
import { ratingSchema } from './product.ts'

export const searchFailure = failures({
  'search.bad-filter': {
    kind: 'invalid',
    cure: 'Use one of the listed filter fields; write a range as 10..50, 10.. or ..50.',
  },
  'search.bad-sort': { kind: 'invalid', cure: 'Use one of the listed sort orders.' },
  'search.bad-facet': { kind: 'invalid', cure: 'Use one of the listed facets.' },
  'search.page-too-deep': {
    kind: 'invalid',
    cure: 'Narrow the result with a filter: only the first 1,000 hits are paged.',
  },
})

export const searchLimits = Object.freeze({
  queryCharacters: 1_000,
  pageSize: 100,
  /** Pages are cut from at most this many ranked hits. */
  reachableHits: 1_000,
  filters: 1_000,
  facets: 20,
})

export const searchInputSchema = z.object({
  /** What the shopper typed; empty lists everything that the filters admit. Longer text is cut and said in `query.isTruncated`. */
  query: z.string().max(20_000).default(''),
  /** `field:value`; values of one field are alternatives, fields narrow each other. Ranges: `price:10..50`. */
  filters: z.array(z.string().min(1).max(1_000)).max(searchLimits.filters).default([]),
  /** Names of facets to count: brand, category, price, rating, seller, language, currency, attributes or attributes.NAME. */
  facets: z
    .array(z.string().min(1).max(200))
    .max(searchLimits.facets)
    .default(['category', 'brand', 'price', 'rating', 'attributes']),
  /** relevance, price, -price, rating, popularity or newest (a minus in front turns an order round). */
  sort: z.string().min(1).max(50).default('relevance'),
  page: z.int().min(1).max(1_000).default(1),
  size: z.int().min(1).max(searchLimits.pageSize).default(20),
  /** ISO 639 code of the query's language; without it, the language is detected. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  /** Explain each hit's score. */
  explain: z.boolean().default(false),
  /** The `requestId` of an earlier page of the same search: pages are then cut from that page's list, whatever changed since. */
  requestId: z.string().max(64).optional(),
  /** Rank by the policy, with the words that it takes to match; or, as a baseline, by text alone, where any word matches. */
  mode: z.enum(['bm25', 'ranked']).default('ranked'),
})

/** value − neutral, times weight, is the contribution; the contributions sum to the hit's score. */
const featureSchema = z.object({
  name: z.string(),
  value: z.number().nullable(),
  neutral: z.number(),
  weight: z.number(),
  contribution: z.number(),
})

const termExplanationSchema = z.object({
  term: z.string(),
  documentFrequency: z.int(),
  inverseDocumentFrequency: z.number(),
  termFrequency: z.number(),
  score: z.number(),
})

export const searchHitSchema = z.object({
  id: z.string(),
  title: z.string(),
  brand: z.string().nullable(),
  categoryPath: z.array(z.string()),
  price: moneySchema.nullable(),
  image: z.string().nullable(),
  rating: ratingSchema.nullable(),
  seller: z.string().nullable(),
  language: z.string().nullable(),
  score: z.number(),
  explanation: z
    .object({
      features: z.array(featureSchema),
      text: z.object({ score: z.number(), best: z.number(), terms: z.array(termExplanationSchema) }),
    })
    .optional(),
})

const facetSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('values'),
    name: z.string(),
    values: z.array(z.object({ value: z.string(), count: z.int() })),
  }),
  z.object({
    kind: z.literal('ranges'),
    name: z.string(),
    minimum: z.number().nullable(),
    maximum: z.number().nullable(),
    ranges: z.array(z.object({ from: z.number().nullable(), to: z.number().nullable(), count: z.int() })),
  }),
])

export const searchOutputSchema = z.object({
  /** Names this search; give it back with `page` 2, 3 … to page through one unchanging list. */
  requestId: z.string(),
  query: z.object({
    text: z.string(),
    languages: z.array(z.string()),
    terms: z.array(z.string()),
    isTruncated: z.boolean(),
  }),
  hits: z.array(searchHitSchema),
  /** All products that query and filters admit. */
  total: z.int(),
  /** Of `total`, how many can be paged to. */
  reachable: z.int(),
  page: z.int(),
  size: z.int(),
  facets: z.array(facetSchema),
  /** What was given up, in order, because nothing was found otherwise: `terms` (not every word has to match), `filters`. */
  relaxed: z.array(z.enum(['terms', 'filters'])),
  /** What is missing from this answer, and why. */
  degraded: z.array(z.object({ part: z.string(), reason: z.string() })),
  versions: z.object({ index: z.string(), analysis: z.string(), policy: z.string() }),
})

export const searchContract = {
  search: oc.input(searchInputSchema).output(searchOutputSchema),
}

export type SearchContract = typeof searchContract
export type SearchInput = z.input<typeof searchInputSchema>
export type SearchOutput = z.infer<typeof searchOutputSchema>
export type SearchHit = z.infer<typeof searchHitSchema>
export type Facet = z.infer<typeof facetSchema>
