import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const days = z.number().positive().max(3_650)
const parameters = z.strictObject({
  floorDays: days.meta({
    title: 'Days of cover that are too few',
    description: 'Stock for fewer days of sales than this lowers a product, the more the fewer there are.',
  }),
  ceilingDays: days.meta({
    title: 'Days of cover that are ample',
    description: 'Stock for more days of sales than this lifts a product, up to one and a half times as many days.',
  }),
})

/**
 * How long the stock lasts (units that can be promised ÷ units sold in a day): half a step down for none, half a step up
 * for ample, capped. Neutral ½ between floor and ceiling.
 *
 * ```
 * value 1 ┤                 ╭─────
 *      ½  ┤   ╭────────────╯
 *       0 ┼──╯───┬──────────┬────── days of cover
 *              floor     ceiling
 * ```
 *
 * Absent where sales are not known. Where the ceiling is below the floor, the floor is the ceiling too.
 */
export const stock: Feature<'stock', z.infer<typeof parameters>> = Object.freeze({
  name: 'stock',
  title: 'Stock',
  description: 'How much it counts how long the stock lasts: what is short sinks, what is ample rises.',
  parameters,
  neutral: () => 0.5,
  reader: ({ floorDays, ceilingDays }, { columns }) => {
    const covers = columns.daysOfCover
    if (!covers) return absent
    const ceiling = Math.max(floorDays, ceilingDays)
    return (index) => {
      const cover = covers[index]!
      if (Number.isNaN(cover)) return Number.NaN
      if (cover < floorDays) return (0.5 * Math.max(0, cover)) / floorDays
      return cover <= ceiling ? 0.5 : 0.5 + Math.min(0.5, (cover - ceiling) / ceiling)
    }
  },
})
