import { isObject, type JsonObject, readLines, textOfLine } from '@eip/pipeline-products'
import { convertFailure } from './convert-failure.ts'
import { readText, recordsOf } from './csv.ts'
import { type ConversionSummary, type ProductRow, relevanceSet } from './relevance-set.ts'

/**
 * Icecat, as the Chorus reference stack publishes it: products as JSON lines, ratings 0–3 as `query,docid,rating`.
 * Supplier is the brand, the price is in cents of USD, `name` is the maker's model. The set has no categories;
 * its product type, where a product has one, is the only category known. Attributes keep their names without prefix
 * and underscores; texts with "\n" in them are lists.
 */
export async function convertIcecat(
  options: Readonly<{ products: string; ratings: string; out: string }>,
): Promise<ConversionSummary> {
  const set = relevanceSet()
  for await (const { lines, fault } of readLines(options.products)) {
    if (fault)
      throw convertFailure(
        'convert.no-file',
        `file "${options.products}" breaks at line ${fault.line}: ${fault.reason}`,
      )
    for (const line of lines) {
      const text = textOfLine(line)
      const row = 'text' in text ? parsed(text.text) : null
      if (row === null) set.setAside('product that is not a JSON object')
      else if (typeof row.id !== 'string' || typeof row.title !== 'string' || row.title.trim() === '')
        set.setAside('product without id or title')
      else set.addProduct(productRow(row.id, row.title, row, set.leftOut))
    }
  }
  for (const { values } of recordsOf(await readText(options.ratings), ['query', 'docid', 'rating'])) {
    if (!values?.query || !/^\d+(\.\d+)?$/.test(values.rating)) set.setAside('rating that cannot be read')
    else if (!set.has(values.docid)) set.setAside('rating of a product that is not in the set')
    else set.addJudgment({ query: values.query, productId: values.docid, grade: Number(values.rating) })
  }
  return set.write(options.out)
}

function parsed(text: string): JsonObject | null {
  try {
    const row: unknown = JSON.parse(text)
    return isObject(row) ? row : null
  } catch {
    return null
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function productRow(id: string, title: string, row: JsonObject, leftOut: (reason: string) => void): ProductRow {
  const productType = textOf(row.attr_t_product_type)
  const price = priceOf(row.price)
  if (price === undefined && row.price !== undefined && row.price !== null) leftOut('price that is not whole cents')
  return {
    id,
    title,
    description: textOf(row.short_description),
    brand: textOf(row.supplier),
    category: productType === undefined || productType.includes(' > ') ? undefined : [productType],
    attributes: attributesOf(row, leftOut),
    price,
    currency: price === undefined ? undefined : 'USD',
    images: [row.img_500x500].filter((address) => textOf(address) !== undefined),
    language: 'en',
    created_at: textOf(row.date_released),
  }
}

/** Cents as a decimal text: 4995 is "49.95". */
const priceOf = (cents: unknown): string | undefined =>
  typeof cents === 'number' && Number.isSafeInteger(cents) && cents >= 0
    ? `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    : undefined

const longestValue = 1_000
const mostValues = 50

function attributesOf(row: JsonObject, leftOut: (reason: string) => void): Readonly<Record<string, unknown>> {
  const attributes: Record<string, unknown[]> = {}
  const add = (name: string, values: readonly unknown[]) => {
    const kept = values.filter((value) => typeof value !== 'string' || isAttributeText(value, leftOut))
    if (kept.length === 0) return
    const all = [...new Set([...(attributes[name] ?? []), ...kept])]
    if (all.length > mostValues) leftOut('attribute values beyond the fiftieth')
    attributes[name] = all.slice(0, mostValues)
  }
  add(
    'model',
    [row.name].filter((name) => textOf(name) !== undefined),
  )
  add('ean', Array.isArray(row.ean) ? row.ean : [])
  for (const [key, value] of Object.entries(row)) {
    const name = /^attr_[tnb]_(.+)$/.exec(key)?.[1]?.replace(/_+/g, ' ').trim()
    if (name) add(name, typeof value === 'string' ? value.split(/\\n|\n/).map((text) => text.trim()) : [value])
  }
  return Object.fromEntries(
    Object.entries(attributes).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

function isAttributeText(text: string, leftOut: (reason: string) => void): boolean {
  if (text.length > longestValue) leftOut('attribute text over 1,000 characters')
  else return text.trim() !== ''
  return false
}
