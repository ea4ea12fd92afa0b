import { z } from 'zod'
import { absent, type Feature } from '../feature.ts'

const parameters = z.strictObject({
  priorMean: z.number().min(0).max(5).meta({
    title: 'Stars before any rating',
    description: 'The stars, 0 to 5, that a product is taken to have before anyone has rated it.',
  }),
  priorWeight: z.number().positive().max(1e6).meta({
    title: 'Ratings to outweigh that',
    description: 'With so many ratings, what customers say counts as much as what was taken for granted before.',
  }),
})

const mostStars = 5

/**
 * The Bayesian average of the stars, as a share of five: (Σ stars + weight·mean) ÷ (count + weight). One five-star
 * rating does not beat a thousand that average 4.6. Neutral is the prior mean: nothing is known. A rating without its
 * count is no evidence, and absent.
 */
export const rating: Feature<'rating', z.infer<typeof parameters>> = Object.freeze({
  name: 'rating',
  title: 'Rating',
  description: 'How much it counts that customers rated the product well.',
  parameters,
  neutral: ({ priorMean }) => priorMean / mostStars,
  reader: ({ priorMean, priorWeight }, { columns }) => {
    const { rating: averages, ratingCount: counts } = columns
    if (!averages || !counts) return absent
    return (index) => {
      const average = averages[index]!
      const count = counts[index]!
      if (!Number.isFinite(average) || !(count > 0)) return Number.NaN
      const stars = Math.min(mostStars, Math.max(0, average))
      const shareOfPrior = priorWeight / (count + priorWeight)
      return (stars + shareOfPrior * (priorMean - stars)) / mostStars
    }
  },
})
