import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const parameters = z.strictObject({
  usual: z.number().min(0).max(1).meta({
    title: 'Usual score',
    description: 'The score, 0 to 1, that neither lifts nor sinks a product; better ones rise, worse ones sink.',
  }),
})

/** How well the product is delivered: 1 − (late, returned and missed, each by its weight). Neutral: the usual score. */
export const logistics: Feature<'logistics', z.infer<typeof parameters>> = Object.freeze({
  name: 'logistics',
  title: 'Deliveries',
  description: 'How much it counts that the product arrives in time, is kept, and is there when it is wanted.',
  parameters,
  neutral: ({ usual }) => usual,
  reader: (_parameters, { columns }) => {
    const scores = columns.logisticsScore
    if (!scores) return absent
    return (index) => Math.min(1, Math.max(0, scores[index]!))
  },
})
