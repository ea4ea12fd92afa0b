import type { Facet, FacetRequest as IndexFacetRequest } from '@eip/engine-text-index'
import { attributeSetOf, attributeTagPrefix } from '../product-document.ts'
import { commonAttributes, type FacetCounts, type FacetRequest } from '../product-index.port.ts'

/** What to ask the engine for, and how to read what it answers. */
type Reading = Readonly<{
  requests: readonly IndexFacetRequest[]
  read(answers: readonly Facet[]): readonly FacetCounts[]
}>

/** Asked for before the plan, where attributes are wanted that the request does not name. */
export const attributeNamesRequest: IndexFacetRequest = { kind: 'tag', set: 'attributeName', limit: commonAttributes }

export const asksForAllAttributes = (requests: readonly FacetRequest[]): boolean =>
  requests.some((request) => request.kind === 'attribute' && request.name === null)

/** Facets in the order asked for; `commonNames` stand for the attributes that the request does not name. */
export function planFacets(requests: readonly FacetRequest[], commonNames: readonly string[]): Reading {
  const readings = requests.flatMap((request) => {
    if (request.kind !== 'attribute') return [readingOf(request)]
    const names = request.name === null ? commonNames : [request.name]
    return names.map((name) => attributeReading(name, request.limit))
  })
  return {
    requests: readings.flatMap((reading) => reading.requests),
    read(answers) {
      let at = 0
      return readings.flatMap((reading) => {
        const start = at
        at += reading.requests.length
        return reading.read(answers.slice(start, at))
      })
    },
  }
}

const attributeReading = (name: string, limit: number): Reading => {
  const prefix = attributeTagPrefix(name)
  return {
    requests: [{ kind: 'tag', set: attributeSetOf(name), limit, prefix }],
    read: ([answer]) => [valuesOf(`attributes.${name}`, answer!, prefix.length)],
  }
}

function readingOf(request: Exclude<FacetRequest, { kind: 'attribute' }>): Reading {
  switch (request.kind) {
    case 'keyword':
      return {
        requests: [{ kind: 'keyword', column: request.column, limit: request.limit }],
        read: ([answer]) => [valuesOf(request.column, answer!, 0)],
      }
    case 'category':
      return {
        requests: [{ kind: 'tag', set: 'category', limit: request.limit }],
        read: ([answer]) => [valuesOf('category', answer!, 0)],
      }
    case 'range': {
      const { column, edges } = request
      return {
        requests: [
          { kind: 'ranges', column, edges },
          { kind: 'statistics', column },
        ],
        read: ([ranges, statistics]) => [rangesOf(column, ranges!, statistics!)],
      }
    }
  }
}

function valuesOf(name: string, answer: Facet, prefixLength: number): FacetCounts {
  if (answer.kind !== 'keyword' && answer.kind !== 'tag') throw new TypeError(`facet "${name}" has no values`)
  const { values, counts } = answer
  return {
    kind: 'values',
    name,
    values: values.map((value, i) => ({ value: value.slice(prefixLength), count: counts[i]! })),
  }
}

function rangesOf(name: string, ranges: Facet, statistics: Facet): FacetCounts {
  if (ranges.kind !== 'ranges' || statistics.kind !== 'statistics') throw new TypeError(`facet "${name}" has no ranges`)
  const { count, minimum, maximum } = statistics
  return {
    kind: 'ranges',
    name,
    minimum: count === 0 ? null : minimum,
    maximum: count === 0 ? null : maximum,
    counts: ranges.counts,
  }
}
