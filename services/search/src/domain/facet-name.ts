import { type Facet, searchFailure } from '@eip/contracts'
import type { FacetCounts, FacetRequest } from '@eip/product-index'
import { facetRanges, priceEdges, ratingEdges } from './facet-range.ts'

/** What can be counted, as it is listed for whoever asked for something else. */
export const facetNames: readonly string[] = Object.freeze([
  'category',
  'brand',
  'seller',
  'language',
  'currency',
  'price',
  'rating',
  'attributes',
  'attributes.NAME',
])

const valueLimit = 50
const categoryLimit = 100
const attributeValueLimit = 20
const attributePrefix = 'attributes.'

/** What the index has to count for the facet of that name. Throws `search.bad-facet`, which lists the names there are. */
export function facetRequest(name: string): FacetRequest {
  switch (name) {
    case 'brand':
    case 'seller':
    case 'language':
    case 'currency':
      return { kind: 'keyword', column: name, limit: valueLimit }
    case 'category':
      return { kind: 'category', limit: categoryLimit }
    case 'price':
      return { kind: 'range', column: 'price', edges: priceEdges }
    case 'rating':
      return { kind: 'range', column: 'rating', edges: ratingEdges }
    case 'attributes':
      return { kind: 'attribute', name: null, limit: attributeValueLimit }
  }
  if (name.startsWith(attributePrefix) && name !== attributePrefix)
    return { kind: 'attribute', name: name.slice(attributePrefix.length), limit: attributeValueLimit }
  const sentence = `facet "${name.slice(0, 80).toWellFormed()}" is unknown; there are ${facetNames.join(', ')}`
  throw searchFailure('search.bad-facet', sentence, { valid: facetNames })
}

/** A facet as it is shown; null when no match has the column. */
function shownFacet(counts: FacetCounts): Facet | null {
  if (counts.kind === 'values')
    return counts.values.length === 0 ? null : { kind: 'values', name: counts.name, values: [...counts.values] }
  const edges = counts.name === 'rating' ? ratingEdges : priceEdges
  const ranges = facetRanges(edges, counts.counts)
  if (ranges.length === 0) return null
  const { name, minimum, maximum } = counts
  return { kind: 'ranges', name, minimum, maximum, ranges: [...ranges] }
}

/**
 * Shows the index's counts by the name each was asked for: `attributes` stands for several, a facet that no match has
 * for none. Counts come in the order of the names.
 */
export function facetsByName(
  names: readonly string[],
  counts: readonly FacetCounts[],
): ReadonlyMap<string, readonly Facet[]> {
  // One facet per name, except that `attributes` stands for as many as are left over.
  const severalCount = counts.length - (names.length - 1)
  let next = 0
  return new Map(
    names.map((name) => {
      const width = name === 'attributes' ? severalCount : 1
      const mine = counts.slice(next, next + width)
      next += width
      return [name, mine.map(shownFacet).filter((facet) => facet !== null)]
    }),
  )
}
