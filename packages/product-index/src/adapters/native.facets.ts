import type { Facet, GroupFacet, GroupFacetsRequest, FacetRequest as IndexFacetRequest } from '@eip/engine-text-index'
import { attributeSet } from '../product-document.ts'
import {
  commonAttributes,
  type FacetCounts,
  type FacetRequest,
  type NumberColumn,
  tellsTooMuch,
} from '../product-index.port.ts'

/** The engine's answers to a plan's `facets` and `groupFacets`, in their order. */
type Answers = Readonly<{ facets: readonly Facet[]; groupFacets: readonly (readonly GroupFacet[])[] }>

/** What to ask the engine for, and how to read what it answers. */
export type FacetPlan = Readonly<{
  facets: readonly IndexFacetRequest[]
  groupFacets: readonly GroupFacetsRequest[]
  /** Facets in the order asked for. */
  read(answers: Answers): readonly FacetCounts[]
}>

export function planFacets(requests: readonly FacetRequest[]): FacetPlan {
  const facets: IndexFacetRequest[] = []
  const groupFacets: GroupFacetsRequest[] = []
  const readerOf = (request: FacetRequest): ((answers: Answers) => readonly FacetCounts[]) => {
    const [at, group] = [facets.length, groupFacets.length]
    switch (request.kind) {
      case 'attribute':
        groupFacets.push(attributeRequest(request.name, request.limit))
        return (answers) => answers.groupFacets[group]!.map((found) => valuesOf(`attributes.${found.name}`, found))
      case 'keyword':
        facets.push({ kind: 'keyword', column: request.column, limit: request.limit })
        return (answers) => [valuesOf(request.column, answers.facets[at]!)]
      case 'category':
        facets.push({ kind: 'tag', set: 'category', limit: request.limit })
        return (answers) => [valuesOf('category', answers.facets[at]!)]
      case 'range': {
        const { column, edges } = request
        facets.push({ kind: 'ranges', column, edges }, { kind: 'statistics', column })
        return (answers) => [rangesOf(column, answers.facets[at]!, answers.facets[at + 1]!)]
      }
    }
  }
  const readers = requests.map(readerOf)
  return { facets, groupFacets, read: (answers) => readers.flatMap((read) => read(answers)) }
}

const attributeRequest = (name: string | null, limit: number): GroupFacetsRequest =>
  name !== null
    ? { set: attributeSet, limit, group: name }
    : {
        set: attributeSet,
        limit,
        commonest: commonAttributes,
        admits: ({ distinct, tags }) => !tellsTooMuch(distinct, tags),
      }

function valuesOf(name: string, answer: Facet | GroupFacet): FacetCounts {
  if (!('values' in answer)) throw new TypeError(`facet "${name}" has no values`)
  const { values, counts } = answer
  return { kind: 'values', name, values: values.map((value, i) => ({ value, count: counts[i]! })) }
}

function rangesOf(name: NumberColumn, ranges: Facet, statistics: Facet): FacetCounts {
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
