import { attributeTag, categoryTags } from '../product-document.ts'
import type { Filter } from '../product-index.port.ts'
import type { Json } from './opensearch.names.ts'

export const nothing: Json = Object.freeze({ match_none: {} })
export const everything: Json = Object.freeze({ match_all: {} })

/** The cluster takes 65,536 alternatives in one list. */
const mostAlternatives = 65_536

export function oneOf(field: string, values: readonly string[]): Json {
  if (values.length === 0) return nothing
  if (values.length <= mostAlternatives) return { terms: { [field]: values } }
  const lists = []
  for (let at = 0; at < values.length; at += mostAlternatives) lists.push(values.slice(at, at + mostAlternatives))
  return { bool: { should: lists.map((list) => ({ terms: { [field]: list } })) } }
}

export function filterQuery(filter: Filter): Json {
  switch (filter.kind) {
    case 'keyword':
      return oneOf(`keywords.${filter.column}`, filter.anyOf)
    case 'category':
      return oneOf(
        'tags.category',
        filter.anyOf.flatMap((path) => categoryTags(path).slice(-1)),
      )
    case 'attribute':
      return oneOf(
        'tags.attribute',
        filter.anyOf.map((value) => attributeTag(filter.name, value)),
      )
    case 'ids':
      return oneOf('id', filter.anyOf)
    case 'range':
      return rangeQuery(`numbers.${filter.column}`, filter.minimum, filter.maximum)
    case 'available':
      return { bool: { must_not: [{ range: { 'numbers.atp': { lte: 0 } } }] } }
    case 'delivered':
      return { script: { script: { ...hasBit, params: { bit: filter.bit } } } }
  }
}

/** A double holds the bits of 52 regions exactly. */
const hasBit: Json = Object.freeze({
  lang: 'painless',
  source: "doc['numbers.coverage'].size() == 0 || ((((long) doc['numbers.coverage'].value) >> params.bit) & 1L) == 1L",
})

/** JSON has no infinities: a bound that everything keeps is none, one that nothing keeps admits nothing. */
function rangeQuery(field: string, minimum: number | null, maximum: number | null): Json {
  if (minimum === Number.POSITIVE_INFINITY || maximum === Number.NEGATIVE_INFINITY) return nothing
  const gte = minimum === null || minimum === Number.NEGATIVE_INFINITY ? null : minimum
  const lte = maximum === null || maximum === Number.POSITIVE_INFINITY ? null : maximum
  if (gte === null && lte === null) return { exists: { field } }
  if (gte !== null && lte !== null && gte > lte) return nothing
  return { range: { [field]: { ...(gte !== null && { gte }), ...(lte !== null && { lte }) } } }
}

/** What can be found and is admitted by all filters: never scored. */
export const admitting = (filters: readonly Filter[]): readonly Json[] => [
  { term: { active: true } },
  ...filters.map(filterQuery),
]
