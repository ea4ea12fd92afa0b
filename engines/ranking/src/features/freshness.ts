import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const parameters = z.strictObject({
  halfLifeDays: z.number().positive().max(36_500).meta({
    title: 'Half-life in days',
    description: 'The age, in days, at which newness is worth one half; that of a product of unknown age.',
  }),
})

const dayMs = 86_400_000

/**
 * How new a product is: 2^(−age ÷ half-life). Neutral ½, the age of one half-life: of unknown age means neither new
 * nor old. A date in the future (a clock that is ahead) is now.
 */
export const freshness: Feature<'freshness', z.infer<typeof parameters>> = Object.freeze({
  name: 'freshness',
  title: 'Newness',
  description: 'How much it counts that the product is new.',
  parameters,
  neutral: () => 0.5,
  reader: ({ halfLifeDays }, { columns }, now) => {
    const createdAt = columns.createdAt
    if (!createdAt) return absent
    const halvingsPerMs = 1 / (halfLifeDays * dayMs)
    return (index) => {
      const created = createdAt[index]!
      return Number.isFinite(created) ? 2 ** (-Math.max(0, now - created) * halvingsPerMs) : Number.NaN
    }
  },
})
