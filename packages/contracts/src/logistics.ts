import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Topic } from './event.ts'
import { productIdSchema } from './product.ts'
import { regionSchema } from './region.ts'

export const logisticsFailure = failures({
  'logistics.no-such-seller': { kind: 'not-found', cure: 'Sellers are known by their products: see the catalogue.' },
  'logistics.too-many-regions': { kind: 'invalid', cure: 'Divide the market into 52 regions at most.' },
})

/** Regions that coverage can tell apart: bits of a number that a column holds exactly. */
export const mostRegions = 52

const share = z.number().min(0).max(1)

/**
 * What logistics knows of one product. Rates are decayed, and smoothed toward the product's seller and category.
 * `score` = 1 − (w₁ · delay + w₂ · return + w₃ · shortage); see `logisticsWeights`.
 */
export const logisticsScoreSchema = z.object({
  productId: z.string(),
  score: share,
  /** Deliveries after the promised day, of all deliveries. */
  delayRate: share,
  /** Units that came back, of those delivered. */
  returnRate: share,
  /** Demand of the last 30 days that stock did not meet. */
  shortageRate: share,
  /** Orders that were cancelled; no part of the score. */
  cancellationRate: share,
  /** Days from the order to the door; null where nothing is known. */
  leadTimeDays: z.number().nullable(),
  seller: z.string().nullable(),
  sellerRegion: z.string().nullable(),
  /** Where it is delivered to; null: everywhere. */
  regions: z.array(z.string()).nullable(),
  /** The same, as bits by their place in `logistics.region-listed`; null: everywhere. */
  coverage: z.int().nullable(),
})
export type LogisticsScore = Readonly<z.infer<typeof logisticsScoreSchema>>

/** How much each rate takes from the score. */
export const logisticsWeights = Object.freeze({ delay: 0.5, return: 0.3, shortage: 0.2 })

/** What logistics knows of a product, told when its score moved by more than a step. Key: the product id. */
export const scoreChanged: Topic<LogisticsScore> = Object.freeze({
  name: 'logistics.score-changed',
  kind: 'state',
  schema: 'logistics.score-changed/1',
  payload: z.looseObject(logisticsScoreSchema.shape) as unknown as z.ZodType<LogisticsScore>,
})

const regionListedSchema = z.object({
  region: z.string(),
  bit: z
    .int()
    .min(0)
    .max(mostRegions - 1),
})
export type ListedRegion = Readonly<z.infer<typeof regionListedSchema>>

/** A region and the bit that stands for it in every `coverage`; never given to another. Key: the region. */
export const regionListed: Topic<ListedRegion> = Object.freeze({
  name: 'logistics.region-listed',
  kind: 'state',
  schema: 'logistics.region-listed/1',
  payload: z.looseObject(regionListedSchema.shape) as unknown as z.ZodType<ListedRegion>,
})

/** Raw counts (not decayed) beside what became of them. */
const ratesSchema = z.object({
  name: z.string(),
  orders: z.int(),
  deliveries: z.int(),
  late: z.int(),
  units: z.int(),
  returned: z.int(),
  cancelled: z.int(),
  reviews: z.int(),
  badReviews: z.int(),
  delayRate: share,
  returnRate: share,
  cancellationRate: share,
  leadTimeDays: z.number().nullable(),
})
export type LogisticsRates = Readonly<z.infer<typeof ratesSchema>>

/** `days`: to be expected; `latestDays`: not exceeded by nine of ten. `lateProbability`: of exceeding the promise of the platform. */
export const promiseSchema = z.object({
  productId: z.string(),
  isDeliverable: z.boolean(),
  days: z.number().nullable(),
  latestDays: z.number().nullable(),
  lateProbability: share.nullable(),
  /** What it stands on. */
  basis: z.enum(['route', 'seller', 'distance', 'all', 'nothing']),
})
export type DeliveryPromise = Readonly<z.infer<typeof promiseSchema>>

const calibrationSchema = z.object({
  deliveries: z.int(),
  /** Of the late probability, and of always saying how many were late. Mean squared error. */
  brier: z.number().nullable(),
  baseBrier: z.number().nullable(),
  /** In days, of the expected day, and of the day that the carrier named. */
  meanAbsoluteError: z.number().nullable(),
  carrierMeanAbsoluteError: z.number().nullable(),
  /** Ten bins of the probability: what was said, and what came of it. */
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      said: z.number().nullable(),
      came: z.number().nullable(),
      deliveries: z.int(),
    }),
  ),
})
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>

export const logisticsContract = {
  /** Products that logistics knows nothing of are left out. */
  getScores: oc
    .input(z.object({ productIds: z.array(z.string().min(1).max(512)).min(1).max(1_000) }))
    .output(z.object({ scores: z.array(logisticsScoreSchema) })),
  /** When a product would be delivered. Of a product that nothing is known of, what is known of all. */
  promise: oc
    .input(
      z.object({ productIds: z.array(productIdSchema).min(1).max(200), region: regionSchema.nullable().default(null) }),
    )
    .output(z.object({ promises: z.array(promiseSchema) })),
  listRegions: oc.input(z.object({})).output(z.object({ regions: z.array(regionListedSchema) })),
  /** Most orders first; `all` is what rates lean on at last. */
  listRates: oc
    .input(
      z.object({
        by: z.enum(['product', 'seller', 'category', 'region', 'route', 'distance']),
        contains: z.string().max(200).default(''),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .output(z.object({ rates: z.array(ratesSchema), all: ratesSchema, total: z.int() })),
  /** Where a seller delivers to; null: everywhere. Fails with `logistics.no-such-seller` or `logistics.too-many-regions`. */
  setCoverage: oc
    .input(z.object({ seller: z.string().min(1).max(200), regions: z.array(regionSchema).max(mostRegions).nullable() }))
    .output(z.object({ seller: z.string(), regions: z.array(z.string()).nullable() })),
  /** Where regions lie, by their middle, in degrees: orders that are learned afterwards count by how far they went. */
  placeRegions: oc
    .input(
      z.object({
        regions: z
          .array(
            z.object({
              region: regionSchema,
              latitude: z.number().min(-90).max(90),
              longitude: z.number().min(-180).max(180),
            }),
          )
          .min(1)
          .max(1_000),
      }),
    )
    .output(z.object({ changed: z.int() })),
  /** Of promises as they were made before each delivery was known. */
  calibration: oc.input(z.object({})).output(calibrationSchema),
  /** `behind`: events that were published and are not counted yet. */
  statistics: oc
    .input(z.object({}))
    .output(
      z.object({ products: z.int(), sellers: z.int(), orders: z.int(), behind: z.int(), unpublishedEvents: z.int() }),
    ),
  /** As the catalogue's `listVersions`. */
  listScoreVersions: oc
    .input(
      z.object({
        ids: z.array(z.string().min(1).max(512)).max(1_000).optional(),
        after: z.string().max(512).optional(),
        limit: z.int().min(1).max(1_000).default(1_000),
      }),
    )
    .output(
      z.object({
        versions: z.array(logisticsScoreSchema.omit({ productId: true }).extend({ id: z.string(), version: z.int() })),
        next: z.string().nullable(),
      }),
    ),
  /** Publishes scores once more as they are, with a version above `above`; of a product that logistics never heard of, the whole's. */
  republishScores: oc
    .input(
      z.object({
        products: z
          .array(z.object({ id: z.string().min(1).max(512), above: z.int().min(0) }))
          .min(1)
          .max(1_000),
      }),
    )
    .output(z.object({ republished: z.int() })),
}

export type LogisticsContract = typeof logisticsContract
