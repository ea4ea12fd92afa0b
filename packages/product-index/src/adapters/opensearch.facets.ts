import {
  commonAttributes,
  type FacetCounts,
  type FacetRequest,
  type KeywordColumn,
  type NumberColumn,
} from '../product-index.port.ts'
import {
  type Ask,
  attributeFacetOf,
  attributeNames,
  type Bucket,
  type Buckets,
  commonAttributeFacets,
  mostFrequent,
  valuesOfAttribute,
} from './opensearch.attribute-facets.ts'
import type { Json } from './opensearch.names.ts'

type Answers = Readonly<Record<string, Json>>

/** What to ask the cluster for beside a search, and how to read what it answers. */
export type FacetPlan = Readonly<{
  aggregations: Json
  /** Facets in the order asked for. `ask`: which attributes are common takes a second look at the matches. */
  read(answers: Answers, ask: Ask): Promise<readonly FacetCounts[]>
}>

type Facet = Readonly<{
  aggregations: Json
  read(answers: Answers, ask: Ask): readonly FacetCounts[] | Promise<readonly FacetCounts[]>
}>

export function planFacets(requests: readonly FacetRequest[]): FacetPlan {
  const facets = requests.map((request, at) => facetOf(request, `${at}`))
  return {
    aggregations: Object.assign({}, ...facets.map(({ aggregations }) => aggregations)),
    async read(answers, ask) {
      const all: FacetCounts[] = []
      for (const facet of facets) all.push(...(await facet.read(answers, ask)))
      return all
    },
  }
}

function facetOf(request: FacetRequest, at: string): Facet {
  switch (request.kind) {
    case 'keyword':
      return valuesFacet(at, request.column, `keywords.${request.column}`, request.limit)
    case 'category':
      return valuesFacet(at, 'category', 'tags.category', request.limit)
    case 'range':
      return rangeFacet(at, request.column, request.edges)
    case 'attribute':
      return request.name === null ? commonFacet(at, request.limit) : attributeFacet(at, request.name, request.limit)
  }
}

const valuesFacet = (at: string, name: KeywordColumn | 'category', field: string, limit: number): Facet => ({
  aggregations: { [at]: mostFrequent(field, limit) },
  read: (answers) => [{ kind: 'values', name, values: valuesOf(answers[at] as Buckets, limit) }],
})

export const valuesOf = ({ buckets }: Buckets, limit: number): { value: string; count: number }[] =>
  buckets.slice(0, limit).map(({ key, doc_count }) => ({ value: key, count: doc_count }))

const attributeFacet = (at: string, name: string, limit: number): Facet => ({
  aggregations: { [at]: valuesOfAttribute(name, limit) },
  read: (answers) => [attributeFacetOf(name, answers[at] as Buckets, limit)],
})

const commonFacet = (at: string, limit: number): Facet => ({
  aggregations: { [at]: attributeNames() },
  read: (answers, ask) => commonAttributeFacets(answers[at] as Buckets, ask, { limit, commonest: commonAttributes }),
})

/** Below the first edge, from each edge to before the next, from the last one on. */
const rangesBetween = (edges: readonly number[]): readonly Json[] =>
  [...edges, null].map((to, at) => ({ ...(at > 0 && { from: edges[at - 1] }), ...(to !== null && { to }) }))

function rangeFacet(at: string, name: NumberColumn, edges: readonly number[]): Facet {
  const field = `numbers.${name}`
  const statistics = `${at} statistics`
  return {
    aggregations: {
      [statistics]: { stats: { field } },
      ...(edges.length > 0 && { [at]: { range: { field, ranges: rangesBetween(edges) } } }),
    },
    read(answers) {
      const { count, min, max } = answers[statistics] as Readonly<{ count: number; min: number; max: number }>
      const buckets = (answers[at] as { buckets: readonly Bucket[] } | undefined)?.buckets
      const counts = buckets?.map(({ doc_count }) => doc_count) ?? [count]
      return [{ kind: 'ranges', name, minimum: count === 0 ? null : min, maximum: count === 0 ? null : max, counts }]
    },
  }
}
