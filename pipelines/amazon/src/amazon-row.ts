import {
  hasMarkup,
  isObject,
  type JsonObject,
  type ProductRowOptions,
  plainText,
  type RowOutcome,
  readProductRow,
  rejectedRow,
} from '@eip/pipeline-products'
import { readAmazonCategory } from './amazon-category.ts'
import { readAmazonPrice } from './amazon-price.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** The three shapes in which the data set was published, told apart row by row. */
export type AmazonShape = '2014' | '2018' | '2023'

export const shapeOf = (row: JsonObject): AmazonShape =>
  'parent_asin' in row ? '2023' : 'imUrl' in row || 'salesRank' in row || 'categories' in row ? '2014' : '2018'

/** Parses a line of JSON, or of the Python literals that the 2014 files hold. Throws SyntaxError. */
export function parseAmazonLine(text: string): unknown {
  if (/^\s*\{\s*u?'/.test(text)) return parsePythonLiteral(text)
  try {
    return JSON.parse(text)
  } catch (error) {
    try {
      return parsePythonLiteral(text)
    } catch {
      throw error
    }
  }
}

/** Reads a line of a metadata file as a product. */
export function readAmazonLine(text: string, options: ProductRowOptions): RowOutcome {
  let row: unknown
  try {
    row = parseAmazonLine(text)
  } catch (error) {
    const cause = (error as Error).message
    return rejectedRow('row', `the line is neither JSON nor a Python literal: ${cause}. Give the file as published.`)
  }
  if (!isObject(row)) return rejectedRow('row', 'the line is not an object. Give the metadata file as published.')
  const shape = shapeOf(row)
  const repairs: string[] = []
  const id = shape === '2023' ? row.parent_asin : row.asin
  if (typeof id !== 'string' || id.trim() === '')
    return rejectedRow(
      shape === '2023' ? 'parent_asin' : 'asin',
      'asin is missing. Give the metadata file as published.',
    )
  const { price, repair } = readAmazonPrice(row.price)
  if (repair !== null) repairs.push(repair)
  const outcome = readProductRow(
    {
      id,
      title: isPageScript(row.title) ? null : row.title,
      description: descriptionOf(row, repairs),
      brand: brandOf(row, shape, repairs),
      category: categoryOf(row, shape, repairs),
      attributes: attributesOf(row, repairs),
      price,
      images: imagesOf(row, shape, repairs),
      rating: ownRating(row),
    },
    options,
  )
  return outcome.outcome === 'rejected' ? outcome : { ...outcome, repairs: [...repairs, ...outcome.repairs] }
}

/** Some titles of 2018 are a script of the page they were taken from. */
const isPageScript = (title: unknown): boolean => typeof title === 'string' && /^\s*var \w+ ?=/.test(title)

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]
const textsOf = (value: unknown): string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string' && item.trim() !== '')

const longestDescription = 100_000

/** Description paragraphs, then the bullet points, each once. */
function descriptionOf(row: JsonObject, repairs: string[]): string {
  const texts = [...textsOf(row.description), ...textsOf(row.feature), ...textsOf(row.features)]
  const text = [...new Set(texts.map((part) => part.trim()))].join('\n')
  if (text.length <= longestDescription) return text
  repairs.push('description cut at 100,000 characters')
  return text.slice(0, longestDescription).replace(/[\ud800-\udbff]$/, '')
}

function brandOf(row: JsonObject, shape: AmazonShape, repairs: string[]): string | null {
  const details = isObject(row.details) ? row.details : {}
  const given = shape === '2023' ? (textsOf(details.Brand)[0] ?? textsOf(row.store)[0]) : textsOf(row.brand)[0]
  if (given === undefined) return null
  const text = plainText(given).replace(/\s+/g, ' ').trim()
  const brand = (/^Visit Amazon's (.+) Page$/.exec(text)?.[1] ?? text).replace(/^by (?=\S)/, '')
  if (brand.length <= 200) return brand === '' ? null : brand
  repairs.push('brand over 200 characters left out')
  return null
}

function categoryOf(row: JsonObject, shape: AmazonShape, repairs: string[]): string[] {
  const found = readAmazonCategory(categoryNames(row, shape))
  repairs.push(...found.repairs)
  if (found.path.length > 0) return found.path
  const department = shape === '2023' ? row.main_category : row.main_cat
  return typeof department === 'string' && !hasMarkup(department.replaceAll('&amp;', '&'))
    ? readAmazonCategory([department]).path
    : []
}

/** 2014 has one or more paths, of which the longest says most; the others have one. */
function categoryNames(row: JsonObject, shape: AmazonShape): readonly unknown[] {
  const names = listOf(shape === '2018' ? row.category : row.categories)
  const paths = names.filter((path): path is unknown[] => Array.isArray(path))
  return paths.length === 0 ? names : paths.reduce((best, path) => (path.length > best.length ? path : best))
}

// What details hold beside the product: shipping, ranks and the id itself.
const noAttribute = /^(asin|.*shipping.*|.*best ?sellers? rank.*|.*customer reviews.*|date first .*|)$/i

function attributesOf(row: JsonObject, repairs: string[]): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [key, value] of isObject(row.details) ? Object.entries(row.details) : []) {
    const name = plainText(key)
      .replace(/\s+/g, ' ')
      .replace(/[\s:]+$/, '')
      .trim()
    if (typeof value !== 'string' || noAttribute.test(name) || name === '__proto__') continue
    const text = plainText(value).trim()
    if (text.length > 1_000 || name.length > 120) repairs.push('detail that is too long left out')
    else if (text !== '') attributes[name] = text
  }
  return attributes
}

function imagesOf(row: JsonObject, shape: AmazonShape, repairs: string[]): string[] {
  const given =
    shape === '2014'
      ? textsOf(row.imUrl)
      : shape === '2018'
        ? [textsOf(row.imageURLHighRes), textsOf(row.imageURL)].find((addresses) => addresses.length > 0)
        : listOf(row.images).map((image) =>
            isObject(image) ? textsOf([image.hi_res, image.large, image.thumb])[0] : null,
          )
  const addresses = (given ?? []).filter((address): address is string => typeof address === 'string')
  const valid = addresses.filter(
    (address) => address.length <= 2_000 && /^https?:/i.test(address) && URL.canParse(address),
  )
  if (valid.length < addresses.length) repairs.push('image address that is none left out')
  return valid.slice(0, 50)
}

/** What the 2023 files say themselves; reviews, where given, say it better. */
function ownRating(row: JsonObject): { average: number; count: number } | null {
  const { average_rating: average, rating_number: count } = row
  const isRating = typeof average === 'number' && average >= 0 && average <= 5 && Number.isSafeInteger(count)
  return isRating && (count as number) > 0 ? { average, count: count as number } : null
}
