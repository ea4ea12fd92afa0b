import { categoryPathSeparator, searchFailure } from '@eip/contracts'
import type { Filter } from '@eip/product-index'
import { type NumberRange, parseNumberRange, uniteRanges } from './number-range.ts'

/** What can be filtered by, as it is listed for whoever asked for something else. */
export const filterFields: readonly string[] = Object.freeze([
  'brand',
  'seller',
  'language',
  'currency',
  'category',
  'price',
  'rating',
  'attributes.NAME',
  'id',
])

const attributePrefix = 'attributes.'

type Values = readonly [string, ...string[]]

/** The filter of one field that any of the values satisfies; null for a field that there is not. */
function filterOf(field: string, values: Values): Filter | null {
  switch (field) {
    case 'brand':
    case 'seller':
    case 'language':
    case 'currency':
      return { kind: 'keyword', column: field, anyOf: values }
    case 'price':
    case 'rating': {
      const ranges = values.map((value) => parseNumberRange(field, value)) as [NumberRange, ...NumberRange[]]
      return { kind: 'range', column: field, ...uniteRanges(field, ranges) }
    }
    case 'category':
      return { kind: 'category', anyOf: values.map((value) => value.split(categoryPathSeparator)) }
    case 'id':
      return { kind: 'ids', anyOf: values }
    default:
      if (!field.startsWith(attributePrefix) || field === attributePrefix) return null
      return { kind: 'attribute', name: field.slice(attributePrefix.length), anyOf: values }
  }
}

function split(text: string): readonly [field: string, value: string] {
  const colon = text.indexOf(':')
  const shown = text.slice(0, 80).toWellFormed()
  if (colon < 1)
    throw searchFailure('search.bad-filter', `filter "${shown}" is not of the form field:value`, {
      valid: filterFields,
    })
  const value = text.slice(colon + 1)
  if (value.trim() === '')
    throw searchFailure('search.bad-filter', `filter "${shown}" has no value`, { valid: filterFields })
  return [text.slice(0, colon), value]
}

/**
 * Reads filters of the form `field:value`; the first colon splits. Values of one field are alternatives, fields narrow
 * each other. Words are taken to the letter, spaces and all, as facets give them. Throws `search.bad-filter`, which names the filter and lists the fields that there are (`details.valid`).
 */
export function parseFilters(texts: readonly string[]): readonly Filter[] {
  const valuesByField = new Map<string, Set<string>>()
  for (const [field, value] of texts.map(split)) {
    const values = valuesByField.get(field)
    if (values) values.add(value)
    else valuesByField.set(field, new Set([value]))
  }
  return [...valuesByField].map(([field, values]) => {
    const filter = filterOf(field, [...values] as unknown as Values)
    if (filter) return filter
    const shown = field.slice(0, 80).toWellFormed()
    const sentence = `filter field "${shown}" is unknown; there are ${filterFields.join(', ')}`
    throw searchFailure('search.bad-filter', sentence, { field: shown, valid: filterFields })
  })
}
