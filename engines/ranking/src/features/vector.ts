import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

/** What the meaning is worth in this query (`engines/fusion`). Neutral 0: nothing alike. */
export const vector: Feature<'vector', Record<string, never>> = Object.freeze({
  name: 'vector',
  title: 'Meaning',
  description: 'How much it counts that the product is near in meaning to the query.',
  parameters: z.strictObject({}),
  neutral: () => 0,
  reader: (_parameters, { vector }) => (vector === null ? absent : (index) => vector[index]!),
})
