import { categoryPathSeparator, type Money, type Product, parseMoney, productSchema } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import { isObject, type JsonObject } from './field-mapping.ts'
import { hasMarkup, plainText } from './plain-text.ts'
import { productFields } from './product-fields.ts'
import { readReviews } from './product-reviews.ts'

/** What the file does not say of every row alike. */
export type ProductRowOptions = Readonly<{
  /** For rows with a price and no currency. */
  currency?: string
  /** For rows without a language. */
  language?: string
  /** Between the names of a category written as one text; " > " where absent. Spaces count: see README. */
  categorySeparator?: string
}>

/** A product, with what had to be mended in it; or the field that is wrong, why, and the cure. */
export type RowOutcome =
  | Readonly<{ outcome: 'product'; product: Product; repairs: readonly string[] }>
  | Readonly<{ outcome: 'rejected'; field: string; reason: string }>

/** Thrown within a row only, and caught where the row ends. */
class WrongField extends Error {
  readonly field: string
  constructor(field: string, complaint: string) {
    super(complaint)
    this.field = field
  }
}

export const rejectedRow = (field: string, reason: string): RowOutcome => ({ outcome: 'rejected', field, reason })

const wrongField = (path: string, complaint: string): RowOutcome => {
  const [field = ''] = path.split('.')
  return rejectedRow(path, `${path} ${complaint}. Write ${field} as ${productFields[field] ?? 'README.md says'}.`)
}

/** Reads a row of our shape. A field that is null or absent is not known; nothing is guessed. */
export function readProductRow(row: JsonObject, options: ProductRowOptions = {}): RowOutcome {
  const repairs: string[] = []
  try {
    const attributes = readAttributes(row.attributes)
    const candidate = {
      id: readId(row.id),
      title: requiredText(row, 'title', repairs),
      description: cleanedText(textOrNull(row, 'description') ?? '', 'description', repairs),
      brand: lineOrNull(row, 'brand'),
      categoryPath: readCategory(row.category, options.categorySeparator),
      attributes: attributes.unusual,
      price: readPrice(row, options.currency),
      images: readImages(row.images),
      seller: lineOrNull(row, 'seller'),
      language: textOrNull(row, 'language') ?? options.language ?? null,
      rating: row.rating ?? null,
      reviews: readReviews(reviewTexts(row.reviews), repairs),
      active: row.active ?? true,
      createdAt: readTime(row, 'created_at'),
      updatedAt: readTime(row, 'updated_at'),
    }
    const checked = productSchema.safeParse(candidate)
    if (checked.success)
      return { outcome: 'product', product: { ...checked.data, attributes: attributes.all }, repairs }
    const [issue] = checked.error.issues
    const [head, ...rest] = (issue?.path ?? []).map(String)
    return wrongField([rowNames[head ?? ''] ?? head ?? 'row', ...rest].join('.'), issue?.message ?? 'is not valid')
  } catch (error) {
    if (error instanceof WrongField) return wrongField(error.field, error.message)
    throw error
  }
}

const rowNames: Readonly<Record<string, string>> = {
  categoryPath: 'category',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
}

// Control characters show nothing and break keys; real titles carry them where an encoding was once mistaken.
const uneven = /[^\S ]|\s\s|^\s|\s$|\p{Cc}/u
const oneLine = (text: string): string => (uneven.test(text) ? text.replace(/[\s\p{Cc}]+/gu, ' ').trim() : text)

function textOrNull(row: JsonObject, field: string): string | null {
  const value = row[field] ?? null
  if (value !== null && typeof value !== 'string') throw new WrongField(field, 'is not text')
  return value === '' ? null : value
}

function lineOrNull(row: JsonObject, field: string): string | null {
  const text = textOrNull(row, field)
  return text === null ? null : oneLine(text) || null
}

function cleanedText(text: string, field: string, repairs: string[]): string {
  if (!hasMarkup(text)) return text
  repairs.push(`HTML in ${field} reduced to its text`)
  return plainText(text)
}

function requiredText(row: JsonObject, field: string, repairs: string[]): string {
  const cleaned = cleanedText(textOrNull(row, field) ?? '', field, repairs)
  if (/[^\P{Cc}\s]/u.test(cleaned)) repairs.push(`control characters in ${field} removed`)
  const text = oneLine(cleaned)
  if (text === '') throw new WrongField(field, 'is missing')
  return text
}

function readId(value: unknown): string {
  if (value === undefined || value === null || value === '') throw new WrongField('id', 'is missing')
  if (typeof value === 'string') return value.trim()
  if (!Number.isSafeInteger(value)) throw new WrongField('id', 'is neither text nor a whole number')
  return String(value)
}

function readCategory(value: unknown, separator = categoryPathSeparator): string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return value.trim() === '' ? [] : splitCategory(value, separator).map(oneLine)
  if (!Array.isArray(value)) throw new WrongField('category', 'is neither text nor a list of names')
  return value.map((name: unknown) => {
    if (typeof name !== 'string') throw new WrongField('category', 'has a name that is not text')
    return oneLine(name)
  })
}

/**
 * A separator without a space behind it does not count where the text has one there: with ",", the path
 * "Tubing, Pipe & Hose,Rubber Tubing" has two names. Names lists written "A, B" are split at ", ".
 */
function splitCategory(text: string, separator: string): string[] {
  if (/\s$/.test(separator)) return text.split(separator)
  const names: string[] = []
  let start = 0
  for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + separator.length)) {
    if (text[at + separator.length] === ' ') continue
    names.push(text.slice(start, at))
    start = at + separator.length
  }
  return [...names, text.slice(start)]
}

// Most values are short and plain, which the contract always admits (a test holds it to that): only the others are
// put before it, which halves the time of a row with thirty attributes.
const usual = /^[!-~](?:[ -~]{0,98}[!-~])?$/

function readAttributes(value: unknown): { all: Record<string, string[]>; unusual: Record<string, string[]> } {
  const all: Record<string, string[]> = {}
  const unusual: Record<string, string[]> = {}
  if (value === undefined || value === null) return { all, unusual }
  if (!isObject(value)) throw new WrongField('attributes', 'is not an object')
  for (const given of Object.keys(value)) {
    if (given === '__proto__') throw new WrongField('attributes', 'has the name "__proto__", which cannot be kept')
    const values = attributeTexts(value[given], given)
    if (values.length === 0) continue
    const name = oneLine(given)
    all[name] = values
    if (values.length > 50 || !usual.test(name) || !values.every((text) => usual.test(text))) unusual[name] = values
  }
  return { all, unusual }
}

function attributeTexts(given: unknown, name: string): string[] {
  if (!Array.isArray(given)) {
    const text = attributeText(given, name)
    return text === '' ? [] : [text]
  }
  return [...new Set(given.map((item: unknown) => attributeText(item, name)))].filter((text) => text !== '')
}

function attributeText(value: unknown, name: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return oneLine(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new WrongField(`attributes.${name}`, 'is neither text, a number, true or false, nor a list of them')
}

function readPrice(row: JsonObject, defaultCurrency: string | undefined): Money | null {
  const { price } = row
  if (price === undefined || price === null || price === '') return null
  const currency = textOrNull(row, 'currency') ?? defaultCurrency
  if (currency === undefined) throw new WrongField('currency', 'is missing beside a price')
  if (typeof price !== 'string' && typeof price !== 'number')
    throw new WrongField('price', 'is neither a number nor text')
  try {
    // JSON texts of at most 15 digits survive a double and back; longer ones come as text (see json-line.ts).
    return parseMoney(String(price), currency)
  } catch (error) {
    if (!isFailure(error)) throw error
    throw new WrongField(
      error.code === 'money.unknown-currency' ? 'currency' : 'price',
      `cannot be read: ${error.message}`,
    )
  }
}

function readImages(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return []
  return typeof value === 'string' ? [value] : value
}

function reviewTexts(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) throw new WrongField('reviews', 'is neither text nor a list of texts')
  return value.map((text: unknown) => {
    if (text !== null && typeof text !== 'string') throw new WrongField('reviews', 'has a review that is not text')
    return text ?? ''
  })
}

const isoDate = /^\d{4}-\d\d-\d\d$/
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

function readTime(row: JsonObject, field: string): string | null {
  const text = textOrNull(row, field)
  if (text === null) return null
  const isDate = isoDate.test(text)
  const time = isDate || isoTime.test(text) ? Date.parse(isDate ? `${text}T00:00:00Z` : text) : Number.NaN
  if (Number.isNaN(time) || !isDayOfMonth(text))
    throw new WrongField(field, `"${text.slice(0, 40)}" is not a date, or a time with its zone`)
  return new Date(time).toISOString()
}

/** Date.parse rolls 30 February over into March. */
const isDayOfMonth = (text: string): boolean =>
  Number(text.slice(8, 10)) <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
