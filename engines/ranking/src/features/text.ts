import { z } from 'zod'
import type { Feature } from '../feature.ts'

/**
 * How well the words fit: the text score as a share of the best one of the result, so that weights mean the same for
 * every query. Neutral 0: a product that no word found. Without a query, every product has 0.
 */
export const text: Feature<'text', Record<string, never>> = Object.freeze({
  name: 'text',
  parameters: z.strictObject({}),
  neutral: () => 0,
  reader: (_parameters, { text, bestText }) => {
    if (!(bestText > 0)) return () => 0
    return (index) => text[index]! / bestText
  },
})
