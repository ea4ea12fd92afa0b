import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

/** How much of what the query wishes (a brand, a colour, a size …) the product is. Neutral 0: nothing of it. */
export const intent: Feature<'intent', Record<string, never>> = Object.freeze({
  name: 'intent',
  title: 'Wishes',
  description: 'How much it counts that the product is of the brand, colour, size … that the query asks for.',
  parameters: z.strictObject({}),
  neutral: () => 0,
  reader: (_parameters, { intent }) => (intent === null ? absent : (index) => intent[index]!),
})
