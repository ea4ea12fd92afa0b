import type { z } from 'zod'
import type { Candidates } from './candidates.ts'

/** The value of candidate `index`; NaN where it is absent. */
export type ValueReader = (index: number) => number

/**
 * One signal of the ranking.
 *  - Its value lies in [0, 1], and more is better.
 *  - `neutral` is the value that neither lifts nor sinks a product; an absent value counts as it, exactly.
 *  - `reader` is called once for a list of candidates, the function that it answers once per candidate: that one allocates nothing.
 */
export type Feature<Name extends string, Parameters> = Readonly<{
  name: Name
  /** What people call it, and what its weight does: for forms and documents, through the policy's JSON Schema. */
  title: string
  description: string
  parameters: z.ZodType<Parameters>
  neutral(parameters: Parameters): number
  reader(parameters: Parameters, candidates: Candidates, now: number): ValueReader
}>

export const absent: ValueReader = () => Number.NaN
