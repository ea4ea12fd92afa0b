import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { moneySchema } from './money.ts'
import { ratingSchema } from './product.ts'
import { policyDocumentSchema } from './ranking.ts'
import { regionSchema } from './region.ts'

export const searchFailure = failures({
  'search.bad-filter': {
    kind: 'invalid',
    cure: 'Use one of the listed filter fields; write a range as 10..50, 10.. or ..50.',
  },
  'search.bad-sort': { kind: 'invalid', cure: 'Use one of the listed sort orders.' },
  'search.bad-facet': { kind: 'invalid', cure: 'Use one of the listed facets.' },
  'search.no-such-product': { kind: 'not-found', cure: 'Check the id: only active products can be found.' },
  'search.bad-synonym': { kind: 'invalid', cure: 'Change or delete one of the named rules.' },
  'search.no-such-synonym': { kind: 'not-found', cure: 'List the rules at GET /api/v1/synonyms.' },
  'search.no-such-encoder': { kind: 'not-found', cure: 'Name an encoder that serves or stands by, or "none".' },
  'search.bad-policy': { kind: 'invalid', cure: 'Mend the named fields; GET /api/v1/policies/schema describes them.' },
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

export const searchModes = ['bm25', 'vector', 'hybrid', 'ranked'] as const
export type SearchMode = (typeof searchModes)[number]

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
  /** The shopper's region; what is not delivered there is treated as the policy's guards say. */
  region: regionSchema.optional(),
  /** Explain each hit's score. */
  explain: z.boolean().default(false),
  /** The `requestId` of an earlier page of the same search: pages are then cut from that page's list, whatever changed since. */
  requestId: z.string().max(64).optional(),
  /**
   * `ranked`: words and meaning, ranked by the policy. For comparison, each without the policy: `hybrid` words and meaning,
   * `vector` meaning alone, `bm25` words alone, where any word matches.
   */
  mode: z.enum(searchModes).default('ranked'),
  /** Read wishes, spelling and synonyms out of the query. */
  understand: z.boolean().default(true),
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
  /**
   * From the serving view's columns: what to say of stock and delivery; null: nothing. `left`: units, where there are few.
   * `leadTimeDays`: from the order to the door; null where nothing is known.
   */
  fulfilment: z.object({
    notice: z.enum(['out-of-stock', 'low-stock', 'not-delivered']).nullable(),
    left: z.int().nullable(),
    leadTimeDays: z.number().nullable(),
  }),
  explanation: z
    .object({
      /** What the policy's guards did with it: it stands below all that can be delivered, whatever its score. null: nothing. */
      guard: z
        .object({ reason: z.enum(['unavailable', 'undeliverable']), action: z.enum(['sink', 'show']) })
        .nullable(),
      features: z.array(featureSchema),
      /** What the words contributed: `share` is the normalised score times the weight that words have in this query. */
      text: z.object({
        score: z.number(),
        best: z.number(),
        share: z.number(),
        terms: z.array(termExplanationSchema),
      }),
      /** What the meaning contributed; null where the query or the product has no vector. */
      vector: z.object({ cosine: z.number(), share: z.number() }).nullable(),
      /** Wishes of the query that the product meets, by their place in `query.slots`. */
      wishes: z.array(z.int()),
    })
    .optional(),
})

/** Something that the query says about the product, in the catalogue's own words. */
const slotSchema = z.object({
  kind: z.enum(['brand', 'category', 'colour', 'size', 'price', 'attribute']),
  value: z.string(),
  /** The catalogue's name of the attribute. */
  attribute: z.string().optional(),
  range: z
    .object({ minimum: z.number().nullable(), maximum: z.number().nullable(), unit: z.string().nullable() })
    .optional(),
  surface: z.string(),
  start: z.int(),
  end: z.int(),
  confidence: z.number(),
  /** A filter admits nothing else; a wish counts in the ranking; none: understood, and of no effect. */
  effect: z.enum(['filter', 'wish', 'none']),
  reason: z.string(),
})

const correctionKinds = ['typo', 'split', 'joined', 'transliteration', 'keyboard'] as const

/** What moved the weight of meaning, as a share, or settled it. */
const weighingSchema = z.object({
  signal: z.enum([
    ...['base', 'oneWord', 'manyWords', 'modelNumber', 'number', 'brandOnly', 'noAgreement'],
    ...['nothingNear', 'nothingFound', 'unknownLanguage'],
  ] as const),
  change: z.number(),
})

/** Why a step was taken, for programs; `reason` says it in English. */
const causeSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('language'), isGiven: z.boolean() }),
  slotSchema.pick({ kind: true, value: true, attribute: true, effect: true }).extend({ code: z.literal('slot') }),
  z.object({
    code: z.literal('spelling'),
    alternatives: z.array(z.object({ how: z.enum(correctionKinds), confidence: z.number() })),
  }),
  z.object({ code: z.literal('rule'), rule: z.string() }),
  z.object({ code: z.literal('weights'), meaning: z.number(), signals: z.array(weighingSchema) }),
])

/** One thing that was done to the query before it was searched for. */
const stepSchema = z.object({
  step: z.enum(['language', 'intent', 'spelling', 'synonym', 'fusion']),
  surface: z.string(),
  result: z.string(),
  reason: z.string(),
  cause: causeSchema,
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
    /** What was read in the query. */
    slots: z.array(slotSchema),
    /** What the shopper may have meant; null where nothing better is known. */
    didYouMean: z.string().nullable(),
    /** With `explain`: each step from the text to the search. */
    steps: z.array(stepSchema).optional(),
  }),
  hits: z.array(searchHitSchema),
  /** All products that query and filters admit. */
  total: z.int(),
  /** Of `total`, how many can be paged to. */
  reachable: z.int(),
  page: z.int(),
  size: z.int(),
  facets: z.array(facetSchema),
  /**
   * What was given up, in order, because nothing was found otherwise: `terms` (not every word has to match), `wishes`
   * (what was read in the query as a filter), `filters`.
   */
  relaxed: z.array(z.enum(['terms', 'wishes', 'filters'])),
  /** What is missing from this answer, and why. */
  degraded: z.array(z.object({ part: z.string(), reason: z.string() })),
  versions: z.object({
    index: z.string(),
    analysis: z.string(),
    policy: z.string(),
    /** null: words only. */
    encoder: z.string().nullable(),
    /** Products whose words the reading of queries stands on; null before they were read for the first time. */
    vocabulary: z.int().nullable(),
  }),
})

/** A search as it would be: by a policy that is not published, or read by another encoder. Nothing is kept or counted. */
export const previewInputSchema = searchInputSchema.omit({ requestId: true }).extend({
  policy: policyDocumentSchema.optional(),
  /** `none`: words alone; else the id of one that serves or stands by. Default: the one that serves. */
  encoder: z.string().min(1).max(80).optional(),
})

/** `detail` says in English what the figures say. */
const absenceSchema = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('unknown'), detail: z.string() }),
  z.object({ reason: z.literal('filter'), detail: z.string() }),
  z.object({
    reason: z.literal('words'),
    detail: z.string(),
    /** Of the query's words: how many it has, and how many are asked for at least. null: the query has none. */
    words: z.object({ matched: z.int(), needed: z.int() }).nullable(),
    /** Nearness, and from where it counts; a product without a vector has no cosine. null: meaning was not asked. */
    meaning: z.object({ cosine: z.number().nullable(), floor: z.number() }).nullable(),
  }),
  z.object({ reason: z.literal('guard'), detail: z.string(), guard: z.enum(['unavailable', 'undeliverable']) }),
  z.object({ reason: z.literal('depth'), detail: z.string(), total: z.int(), ranked: z.int() }),
])

/** Why a product is where it is in a search, or why it is not there. */
export const placementSchema = z.discriminatedUnion('outcome', [
  /** `rank` counts from 1. */
  z.object({ outcome: z.literal('found'), rank: z.int(), hit: searchHitSchema }),
  z.object({
    outcome: z.literal('absent'),
    /**
     * `unknown`: the serving view does not hold it (inactive, deleted, or not there yet). `filter`: it does not meet this
     * filter, chosen or read in the query. `words`: it has too few of the query's words, and is not near in meaning.
     * `guard`: the policy hides what cannot be bought or delivered. `depth`: too many others are before it.
     */
    reasons: z.array(absenceSchema),
  }),
])

export const similarOutputSchema = z.object({
  hits: z.array(searchHitSchema.extend({ reason: z.enum(['vector', 'words']) })),
  degraded: z.array(z.object({ part: z.string(), reason: z.string() })),
})

/** Where in `text` the typed prefix stands, in UTF-16 code units; [0, 0] where it was matched otherwise. */
const matchedSchema = z.tuple([z.int(), z.int()])

export const suggestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('query'), text: z.string(), matched: matchedSchema }),
  z.object({ kind: z.literal('brand'), text: z.string(), matched: matchedSchema, products: z.int() }),
  z.object({
    kind: z.literal('category'),
    text: z.string(),
    matched: matchedSchema,
    path: z.array(z.string()),
    products: z.int(),
  }),
  z.object({
    kind: z.literal('product'),
    text: z.string(),
    matched: matchedSchema,
    id: z.string(),
    image: z.string().nullable(),
    price: moneySchema.nullable(),
  }),
])

export const suggestOutputSchema = z.object({
  suggestions: z.array(suggestionSchema),
  degraded: z.array(z.object({ part: z.string(), reason: z.string() })),
})

const synonymSide = z.array(z.string().trim().min(1).max(100)).max(20)

/** `two-way`: all of `from` mean each other, and `to` is empty. `one-way`: who searches for one of `from` finds `to` as well. */
export const synonymRuleSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and hyphens'),
  kind: z.enum(['two-way', 'one-way']),
  from: synonymSide.min(1),
  to: synonymSide.default([]),
})

/** A shop's rule of synonyms as it now is. Key: the rule's id. */
export const synonymChanged: Topic<SynonymRule> = Object.freeze({
  name: 'search.synonym-changed',
  kind: 'state',
  schema: 'search.synonym-changed/1',
  payload: z.looseObject(synonymRuleSchema.shape) as unknown as z.ZodType<SynonymRule>,
})

export const searchContract = {
  search: oc.input(searchInputSchema).output(searchOutputSchema),
  /** Fails with `search.bad-policy` or `search.no-such-encoder`. */
  preview: oc.input(previewInputSchema).output(searchOutputSchema),
  /** Where a product stands in a search, or why it does not. */
  placement: oc.input(previewInputSchema.extend({ product: z.string().min(1).max(512) })).output(placementSchema),
  /** Products like this one. Fails with `search.no-such-product`. */
  similar: oc
    .input(
      z.object({
        id: z.string().min(1).max(512),
        size: z.int().min(1).max(100).default(12),
        region: regionSchema.optional(),
      }),
    )
    .output(similarOutputSchema),
  /** How the typed beginning may go on. */
  suggest: oc
    .input(
      z.object({
        prefix: z.string().max(20_000),
        size: z.int().min(1).max(20).default(8),
        language: searchInputSchema.shape.language,
      }),
    )
    .output(suggestOutputSchema),
  listSynonyms: oc.input(z.object({})).output(z.object({ rules: z.array(synonymRuleSchema) })),
  /** Adds a rule or replaces the one of its id. Fails with `search.bad-synonym`, naming the rules of a loop. */
  saveSynonym: oc.input(synonymRuleSchema).output(synonymRuleSchema),
  /** Fails with `search.no-such-synonym`. */
  deleteSynonym: oc.input(z.object({ id: z.string().max(100) })).output(z.object({ id: z.string() })),
}

export type SearchContract = typeof searchContract
export type SearchInput = z.input<typeof searchInputSchema>
export type SearchOutput = z.infer<typeof searchOutputSchema>
export type Placement = z.infer<typeof placementSchema>
export type SearchHit = z.infer<typeof searchHitSchema>
export type SynonymRule = Readonly<z.infer<typeof synonymRuleSchema>>
export type Suggestion = z.infer<typeof suggestionSchema>
export type QuerySlot = z.infer<typeof slotSchema>
export type QueryStep = z.infer<typeof stepSchema>
export type Facet = z.infer<typeof facetSchema>
