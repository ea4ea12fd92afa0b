import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const parameters = z.strictObject({
  half: z.number().positive().max(1e12).meta({
    title: 'Half-way count',
    description:
      'The count at which popularity is worth one half. The smaller it is, the sooner more of it says little.',
  }),
})

/**
 * How much a product is wanted: log(1 + count), saturating toward 1; the tenth purchase says more than the
 * ten-thousandth. Neutral 0: a product that nobody counted is like one that nobody wanted, and not worse.
 *
 * ```
 * value 1 ┤            ________----
 *      ½  ┤     __----'
 *       0 ┼--'───┬──────────────── count
 *                half
 * ```
 */
export const popularity: Feature<'popularity', z.infer<typeof parameters>> = Object.freeze({
  name: 'popularity',
  title: 'Popularity',
  description: 'How much it counts that many wanted the product.',
  parameters,
  neutral: () => 0,
  reader: ({ half }, { columns }) => {
    const counts = columns.popularity
    if (!counts) return absent
    const logHalf = Math.log1p(half)
    return (index) => {
      const count = counts[index]!
      if (!Number.isFinite(count)) return Number.NaN
      const log = Math.log1p(Math.max(0, count))
      return log / (log + logHalf)
    }
  },
})
