import { isUtf8 } from 'node:buffer'
import { applyFieldMapping, type FieldMapping, isObject, type JsonObject, noMapping } from './field-mapping.ts'
import type { Line } from './line-reader.ts'
import { productFields } from './product-fields.ts'
import { type ProductRowOptions, type RowOutcome, readProductRow, rejectedRow } from './product-row.ts'

/** Reads one line's text as a product, or says why not. */
export type LineConverter = (text: string) => RowOutcome

/** The line's text, or why it cannot be one. */
export function textOfLine(line: Line): { text: string } | { reason: string } {
  if (line.isTooLong) return { reason: 'the line is too long. Write one row a line, of at most 4 MB.' }
  if (!isUtf8(line.bytes)) return { reason: 'the line is not valid UTF-8. Save the file as UTF-8.' }
  return { text: line.bytes.toString('utf8') }
}

const digitsBeyondDoubles = /[\d.]{17}/

/** Parses again, so that a number in one of the fields named comes as the text that stood there. */
const parseExactly = (text: string, fields: ReadonlySet<string>): unknown =>
  JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && fields.has(key) && context?.source !== undefined
      ? plainDecimal(context.source, value)
      : value,
  )

/** An exponent is no way to write a price; such a number stays what it is. */
const plainDecimal = (source: string, value: number): string | number => (/^-?[\d.]+$/.test(source) ? source : value)

/** Converts lines of our own shape, or of another shape by way of a mapping. */
export function productLineConverter(
  mapping: FieldMapping = noMapping,
  options: ProductRowOptions = {},
): LineConverter {
  const exactFields = new Set(['id', 'price'])
  for (const { target, source } of mapping.fields)
    if (exactFields.has(target[0] as string)) exactFields.add(source).add(source.split('.').at(-1) as string)
  return (text) => {
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch (error) {
      return rejectedRow('row', `the line is not JSON: ${(error as Error).message}. Write one JSON object a line.`)
    }
    if (!isObject(parsed)) return rejectedRow('row', 'the line is not a JSON object. Write one JSON object a line.')
    let { row, unknown } = applyFieldMapping(parsed, mapping)
    // A decimal of at most 15 digits survives a double and back; of a longer one the text counts.
    if ((typeof row.price === 'number' || typeof row.id === 'number') && digitsBeyondDoubles.test(text))
      ({ row, unknown } = applyFieldMapping(parseExactly(text, exactFields) as JsonObject, mapping))
    if (unknown.length > 0) return rejectedRow(unknown[0] as string, unknownField(unknown))
    return readProductRow(row, options)
  }
}

const unknownField = (names: readonly string[]): string =>
  `${names.map((name) => `"${name.slice(0, 60)}"`).join(', ')} ${names.length > 1 ? 'are not fields' : 'is not a field'} of a product. Map or ignore ${names.length > 1 ? 'them' : 'it'}, or use ${Object.keys(productFields).join(', ')}.`
