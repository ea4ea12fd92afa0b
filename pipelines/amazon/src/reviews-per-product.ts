import type { Product } from '@eip/contracts'
import type { LakeRow } from '@eip/lake'

const placesPerProduct = [1, 2, 3, 4, 5]
// Measured with the lake's usual 512 MB: ranking three million at once went, nine million ran out of memory.
const reviewsPerQuery = 1_000_000

/**
 * Queries that together answer the last row of every product, with its rating and its most helpful reviews. `products`
 * and `reviews` are sources of the lake, of which `reviewCount` is the number of rows.
 *
 *     reviews ─▶ share of the ids ─┬─▶ average, count ─────────────────────────┐
 *                                  └─▶ each text once ─▶ places 1 to 5 ─▶ words ┴─▶ beside the products of the share
 *
 * DuckDB spills what does not fit, but each step of a query holds some memory at the same time as the others. Hence the
 * shares: a query ranks about a million reviews, however many there are. Each share reads the reviews anew, which a
 * column store does fast. Texts join only once they have a place; before, their hashes stand for them.
 */
export function productsWithReviews(products: string, reviews: string, reviewCount: number): string[] {
  const shares = Math.max(1, Math.ceil(reviewCount / reviewsPerQuery))
  return Array.from({ length: shares }, (_, share) => {
    const isInShare = (id: string) => `hash(${id}) % ${shares} = ${share}`
    return `
      WITH newest AS (
        SELECT line, id, product FROM ${products}
        SEMI JOIN (SELECT max(line) AS line FROM ${products} GROUP BY id) USING (line)
        WHERE ${isInShare('id')}
      ),
      ratings AS (${ratings(reviews, isInShare('product_id'))}),
      most_helpful AS (${mostHelpful(reviews, isInShare('product_id'))})
      SELECT newest.line, product, average, number, ${placesPerProduct.map(wordsAt).join(', ')}
      FROM newest
      LEFT JOIN ratings ON ratings.product_id = newest.id
      LEFT JOIN most_helpful ON most_helpful.product_id = newest.id`
  })
}

const wordsAt = (place: number) => `words_${place}`

/** Rounded, so that the order of the sum, which is not fixed, shows in no digit. */
const ratings = (reviews: string, condition: string): string => `
  SELECT product_id, round(avg(rating), 4) AS average, count(*)::INTEGER AS number
  FROM ${reviews} WHERE ${condition} GROUP BY product_id`

/** The line in the file decides last, so that the same file always answers the same. */
const ranking = 'ORDER BY helpful_votes DESC, characters DESC, written_at DESC NULLS LAST, line'

const mostHelpful = (reviews: string, condition: string): string => `
  WITH once AS (
    SELECT product_id, line, helpful_votes, characters, written_at
    FROM ${reviews} WHERE words IS NOT NULL AND ${condition}
    QUALIFY row_number() OVER (PARTITION BY product_id, hash(words) ${ranking}) = 1
  ),
  placed AS (
    SELECT product_id, line, row_number() OVER (PARTITION BY product_id ${ranking}) AS place
    FROM once QUALIFY place <= ${placesPerProduct.length}
  )
  SELECT placed.product_id, ${placesPerProduct.map((place) => `lead(words, ${place - 1}) OVER by_place AS ${wordsAt(place)}`).join(', ')}
  FROM placed JOIN ${reviews} AS review USING (line)
  WINDOW by_place AS (PARTITION BY placed.product_id ORDER BY place)
  QUALIFY place = 1`

/** The product with what a row of `productsWithReviews` says of it; one without ratings keeps its own, which 2023 has. */
export function withReviews(product: Product, row: LakeRow): Product {
  const { average, number } = row
  const rating = typeof average === 'number' ? { average, count: number as number } : product.rating
  const reviews = placesPerProduct
    .map((place) => row[wordsAt(place)])
    .filter((words): words is string => typeof words === 'string')
  return { ...product, rating, reviews }
}
