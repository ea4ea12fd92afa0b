import { oc } from '@orpc/contract'
import { z } from 'zod'

/** `lag` counts events that are on the bus and not yet in the view; `parked` those that could not be read or applied. */
export const indexerStatusSchema = z.object({
  documents: z.int(),
  lag: z.int(),
  parked: z.int(),
  generation: z.string(),
})

export const indexerContract = {
  /** How far the serving view is. */
  status: oc.input(z.object({})).output(indexerStatusSchema),
}

export type IndexerContract = typeof indexerContract
