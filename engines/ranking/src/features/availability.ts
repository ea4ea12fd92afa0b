import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

/**
 * 1 where something of the product can be promised, else 0. Neutral 1: what is not known to be out of stock is taken to be there, so
 * that the weight is what a product loses when it is sold out.
 */
export const availability: Feature<'availability', Record<string, never>> = Object.freeze({
  name: 'availability',
  title: 'Availability',
  description: 'How far a product sinks that is known to be sold out.',
  parameters: z.strictObject({}),
  neutral: () => 1,
  reader: (_parameters, { columns }) => {
    const available = columns.atp
    if (!available) return absent
    return (index) => {
      const value = available[index]!
      return Number.isNaN(value) ? Number.NaN : value > 0 ? 1 : 0
    }
  },
})
