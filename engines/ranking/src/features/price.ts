import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const parameters = z.strictObject({
  half: z.number().positive().max(1e12).meta({
    title: 'Half-way price',
    description: 'The price, in major units of the currency, that neither lifts nor sinks a product.',
  }),
})

/**
 * Cheaper is better: half ÷ (half + price), 1 for a gift and toward 0 for the dearest. Neutral ½: the price `half`.
 * Prices are compared as numbers: give it weight only where the shop has one currency.
 */
export const price: Feature<'price', z.infer<typeof parameters>> = Object.freeze({
  name: 'price',
  title: 'Low price',
  description:
    'How much it counts that the product is cheap. Prices are compared as numbers: for shops of one currency.',
  parameters,
  neutral: () => 0.5,
  reader: ({ half }, { columns }) => {
    const prices = columns.price
    if (!prices) return absent
    return (index) => {
      const price = prices[index]!
      return Number.isFinite(price) ? half / (half + Math.max(0, price)) : Number.NaN
    }
  },
})
