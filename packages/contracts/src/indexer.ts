import { failures } from '@eip/kernel'
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { versionsAskedSchema } from './catalog.ts'

export const indexerFailure = failures({
  'indexer.rebuild-runs': {
    kind: 'conflict',
    cure: 'Wait until the rebuild that runs has ended, or give it up: npx eip rebuild --roll-back.',
  },
  'indexer.nothing-to-roll-back': {
    kind: 'conflict',
    cure: 'Rebuild the serving view; the earlier one is kept for ROLLBACK_WINDOW_SECONDS after that.',
  },
})

/** A whole serving view. `filling`: is being built from the log. `previous`: served before, is kept up to date and can serve again. */
export const generationStatusSchema = z.object({
  name: z.string(),
  state: z.enum(['filling', 'serving', 'previous']),
  documents: z.int(),
  vectors: z.int(),
  encoders: z.array(z.object({ encoder: z.string(), vectors: z.int() })),
  segments: z.int(),
  bytes: z.int(),
  begunAt: z.iso.datetime(),
  /** Since when it is in this state. */
  since: z.iso.datetime(),
  /** Until when it is kept, of a previous one. */
  keptUntil: z.iso.datetime().nullable(),
  /** Events by their offsets, those that compaction took away too. */
  eventsRead: z.int(),
  eventsLeft: z.int(),
  parked: z.int(),
  /** The most memory that the process took while this one was filling; null where another process filled it. */
  peakMemoryBytes: z.int().nullable(),
  /** Why it does not go on, or null. */
  trouble: z.string().nullable(),
})
export type GenerationStatus = Readonly<z.infer<typeof generationStatusSchema>>

/** Of one product: what it was given by each owner; null where that owner has given nothing. */
export const viewVersionSchema = z.object({
  id: z.string(),
  version: z.int(),
  hash: z.string().nullable(),
  isFound: z.boolean(),
  stock: z.object({ version: z.int(), atp: z.number().nullable(), daysOfCover: z.number().nullable() }).nullable(),
  logistics: z
    .object({
      version: z.int(),
      score: z.number().nullable(),
      delayRate: z.number().nullable(),
      returnRate: z.number().nullable(),
      shortageRate: z.number().nullable(),
      leadTimeDays: z.number().nullable(),
      coverage: z.number().nullable(),
    })
    .nullable(),
})

/**
 * Of the view that serves: `lag` counts events that are on the bus and not yet in it; `parked` those that could not be read or
 * applied; `generation` names schema, analysis and mapping.
 */
export const indexerStatusSchema = z.object({
  documents: z.int(),
  lag: z.int(),
  parked: z.int(),
  generation: z.string(),
  generations: z.array(generationStatusSchema),
})
export type IndexerStatus = Readonly<z.infer<typeof indexerStatusSchema>>

export const indexerContract = {
  /** How far the serving view is, and which others stand beside it. */
  status: oc.input(z.object({})).output(indexerStatusSchema),
  /** Begins to build the serving view anew from the log; it takes over by itself. Fails with `indexer.rebuild-runs`. */
  rebuild: oc.input(z.object({})).output(indexerStatusSchema),
  /**
   * What the view that serves was given of products: of `ids`, else of the next `limit` of all that it knows; `next` is what to give
   * as `after` then. `hash`: the beginning of the content's; null where it was deleted or is not known.
   */
  listVersions: oc.input(versionsAskedSchema).output(
    z.object({
      versions: z.array(viewVersionSchema),
      next: z.string().nullable(),
    }),
  ),
  /**
   * Gives up the rebuild that runs; else lets the view serve that served before. `generation` is the one given up, or serving again.
   * Fails with `indexer.nothing-to-roll-back`.
   */
  rollBack: oc
    .input(z.object({}))
    .output(z.object({ outcome: z.enum(['given-up', 'rolled-back']), generation: z.string() })),
}

export type IndexerContract = typeof indexerContract
