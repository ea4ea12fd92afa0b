import { createHash } from 'node:crypto'
import { type Clock, systemClock } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import { type CategoryRule, categoryRules, prefixPattern, wordsPattern } from './category-rules.ts'
import type { OrderedProduct } from './order-rows.ts'
import type { OlistSources } from './read-olist.ts'
import { keepQuery } from './read-table.ts'

const dataset = 'olist_catalogue'
const columns = {
  olist_id: 'text',
  product_id: 'text',
  category: 'text',
  rule: 'text',
  title: 'text',
  category_path: 'text',
  seller_id: 'text',
} as const

/** `rule`: how the category was found. `any`: no rule found a product, so that it is one of all. */
export type MappingCounts = Readonly<Record<'prefix' | 'words' | 'title' | 'any', number>>

/** Which product of a catalogue stands for each product of Olist. */
export type CatalogueMapping = Readonly<{
  /** The table in the lake, as it stands in an SQL `FROM`: `olist_id`, `product_id`, `rule`, … */
  source: string
  part: string
  products: ReadonlyMap<string, OrderedProduct>
  /** The seller of each catalogue product: who sold most of what it stands for. */
  sellers: ReadonlyMap<string, string>
  counts: MappingCounts
}>

const literal = (text: string | null) => (text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`)

/** Products of the catalogue for each category of Olist: the first way that finds any. */
const candidates = (catalogue: string, rules: readonly CategoryRule[]): string => `
  newest AS (
    SELECT id, product FROM ${catalogue} SEMI JOIN (SELECT max(line) AS line FROM ${catalogue} GROUP BY id) USING (line)
  ),
  offered AS (
    SELECT id, json_extract_string(product, '$.title') AS title, json_extract(product, '$.categoryPath')::VARCHAR AS category_path,
      lower(array_to_string(json_extract_string(product, '$.categoryPath[*]'), ' > ')) AS path
    FROM newest
  ),
  rules(category, prefix, words) AS (VALUES ${rules
    .map((rule) => `(${[rule.category, prefixPattern(rule), wordsPattern(rule)].map(literal).join(', ')})`)
    .join(', ')}),
  paths AS (SELECT DISTINCT path FROM offered),
  by_path AS (
    SELECT category, path, CASE WHEN regexp_matches(path, prefix) THEN 1 ELSE 2 END AS way
    FROM rules, paths WHERE regexp_matches(path, prefix) OR regexp_matches(path, words)
  ),
  by_title AS (
    -- A product without a category is found by its title, and any product for a category that no path has.
    SELECT category, id, 3 AS way, CASE WHEN path = '' THEN 2 ELSE 3 END AS tier FROM rules, offered
    WHERE (path = '' OR category NOT IN (SELECT category FROM by_path)) AND regexp_matches(lower(title), words)
  ),
  found AS (
    SELECT category, id, way, way AS tier FROM by_path JOIN offered USING (path)
    UNION ALL SELECT * FROM by_title
  ),
  candidate AS (
    SELECT category, id, way FROM found QUALIFY tier = min(tier) OVER (PARTITION BY category)
    UNION ALL SELECT '*', id, 4 FROM offered
  )`

/**
 * Each product of Olist takes a product of its category, both in an order drawn by the seed: the first the first, and round again when
 * the catalogue has fewer. So each has a history before any has two. The hash is MD5, which is the same on every machine.
 */
const mappingQuery = (
  catalogue: string,
  rules: readonly CategoryRule[],
  { products, translation, items }: OlistSources,
  seed: number,
) => `
  WITH ${candidates(catalogue, rules)},
  ranked AS (
    SELECT category, id, way, count(*) OVER (PARTITION BY category) AS n,
      row_number() OVER (PARTITION BY category ORDER BY md5('${seed} catalogue ' || id), id) - 1 AS place
    FROM candidate
  ),
  ours AS (
    SELECT product_id, t.english, CASE WHEN t.english IN (SELECT category FROM candidate) THEN t.english ELSE '*' END AS category
    FROM ${products} LEFT JOIN ${translation} t USING (category)
  ),
  drawn AS (
    SELECT *, row_number() OVER (PARTITION BY category ORDER BY md5('${seed} olist ' || product_id), product_id) - 1 AS place
    FROM ours
  ),
  mapped AS (
    SELECT drawn.product_id AS olist_id, ranked.id AS product_id, drawn.english AS category,
      ['prefix', 'words', 'title', 'any'][way] AS rule
    FROM drawn JOIN ranked ON ranked.category = drawn.category AND ranked.place = drawn.place % ranked.n
  ),
  seller AS (
    SELECT mapped.product_id, seller_id FROM mapped JOIN ${items} i ON i.product_id = mapped.olist_id
    GROUP BY mapped.product_id, seller_id
    QUALIFY row_number() OVER (PARTITION BY mapped.product_id ORDER BY count(*) DESC, seller_id) = 1
  )
  SELECT olist_id, mapped.product_id, category, rule, title, category_path, seller_id
  FROM mapped JOIN offered ON offered.id = mapped.product_id
  LEFT JOIN seller ON seller.product_id = mapped.product_id
  ORDER BY olist_id`

/** Maps the products of Olist to those of a catalogue that stands in the lake (`catalogue`: its part, as it stands in an SQL `FROM`). */
export async function mapCatalogue(
  options: Readonly<{ lake: Lake; sources: OlistSources; catalogue: string; seed: number; clock?: Clock }>,
): Promise<CatalogueMapping> {
  const { lake, sources, catalogue, seed, clock = systemClock } = options
  const query = mappingQuery(catalogue, await categoryRules(), sources, seed)
  const part = createHash('sha256').update(query.replaceAll(lake.directory, '')).digest('hex').slice(0, 32)
  await keepQuery({ lake, clock }, { dataset, part, columns }, query)
  return readMapping(lake, part)
}

async function readMapping(lake: Lake, part: string): Promise<CatalogueMapping> {
  const source = lake.source(dataset, part)
  const products = new Map<string, OrderedProduct>()
  const sellers = new Map<string, string>()
  const counts = { prefix: 0, words: 0, title: 0, any: 0 }
  for await (const rows of lake.query(`SELECT * FROM ${source} ORDER BY olist_id`))
    for (const row of rows) {
      const id = String(row.product_id)
      const categoryPath = JSON.parse(String(row.category_path ?? '[]')) as string[]
      products.set(String(row.olist_id), { id, title: String(row.title), categoryPath })
      if (row.seller_id !== null) sellers.set(id, String(row.seller_id))
      counts[row.rule as keyof MappingCounts]++
    }
  return { source, part, products, sellers, counts }
}
