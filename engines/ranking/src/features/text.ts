import { z } from 'zod'
import type { Feature } from '../feature.ts'

/** What the words are worth in this query (`engines/fusion`). Neutral 0: a product that no word found. */
export const text: Feature<'text', Record<string, never>> = Object.freeze({
  name: 'text',
  title: 'Words',
  description: 'How much it counts that the words of the query are found in the product.',
  parameters: z.strictObject({}),
  neutral: () => 0,
  reader:
    (_parameters, { text }) =>
    (index) =>
      text[index]!,
})
