import type { Product } from '@eip/contracts'
import type { Lake, LakeRow } from '@eip/lake'
import type { OlistSources } from './read-olist.ts'

/** Products with what their order items say: the middle of their prices, and who sold them most often. */
const productQuery = ({ products, items, translation }: OlistSources): string => `
  WITH sold AS (
    SELECT product_id, round(median(price))::DOUBLE AS price FROM ${items} GROUP BY 1
  ),
  seller AS (
    SELECT product_id, seller_id FROM ${items} GROUP BY product_id, seller_id
    QUALIFY row_number() OVER (PARTITION BY product_id ORDER BY count(*) DESC, seller_id) = 1
  )
  SELECT p.*, t.english, sold.price, seller.seller_id
  FROM ${products} p
  LEFT JOIN ${translation} t USING (category)
  LEFT JOIN sold USING (product_id)
  LEFT JOIN seller USING (product_id)
  ORDER BY p.product_id`

/** "fashion_bags_accessories" as "Fashion bags accessories"; Olist's own slips of the pen are mended. */
export function categoryName(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replace(/\bcostruction\b/, 'construction')
    .replace(/\bfashio\b/, 'fashion')
    .replace(/\bconfort\b/, 'comfort')
    .replace(/\bcraftmanship\b/, 'craftsmanship')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const measure = (value: LakeRow[string] | undefined): string | null =>
  value == null || Number(value) === 0 ? null : String(Math.round(Number(value) * 10) / 10)

const weight = (grams: string | null): string | null =>
  grams === null ? null : Number(grams) >= 1_000 ? `${Math.round(Number(grams) / 10) / 100} kg` : `${grams} g`

/** A product as the catalogue takes it. What was made up is named in the attribute `derived`. */
export function productOf(row: LakeRow): Product {
  const category = row.category == null ? null : String(row.category)
  const name = row.english == null ? (category ?? 'product') : String(row.english)
  const heavy = weight(measure(row.weight_g))
  const sides = [row.length_cm, row.height_cm, row.width_cm].map(measure)
  const size = sides.every((side) => side !== null) ? `${sides.join(' × ')} cm` : null
  const attributes: Record<string, string[]> = {}
  if (heavy !== null) attributes.weight = [heavy]
  if (size !== null) attributes.size = [size]
  attributes.derived = row.price == null ? ['title'] : ['title', 'price']
  return {
    id: String(row.product_id),
    title: [categoryName(name), heavy, size].filter((part) => part !== null).join(', '),
    description: '',
    brand: null,
    categoryPath: category === null ? [] : [categoryName(name)],
    attributes,
    price: row.price == null ? null : { amount: Number(row.price), currency: 'BRL' },
    images: [],
    seller: row.seller_id == null ? null : String(row.seller_id),
    language: category !== null && row.english == null ? 'pt' : 'en',
    rating: null,
    reviews: [],
    active: true,
    createdAt: null,
    updatedAt: null,
  }
}

/** All products, by id, batch by batch. */
export async function* productRows(
  { lake, sources }: Readonly<{ lake: Lake; sources: OlistSources }>,
  batchSize = 1_000,
): AsyncGenerator<readonly Product[]> {
  let batch: Product[] = []
  for await (const rows of lake.query(productQuery(sources)))
    for (const row of rows) {
      batch.push(productOf(row))
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
  if (batch.length > 0) yield batch
}
