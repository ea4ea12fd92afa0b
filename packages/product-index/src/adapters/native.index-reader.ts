import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import { type CountingRequest, createIndexReader, type IndexView, type Publication } from '@eip/engine-text-index'
import { failures } from '@eip/kernel'
import { generation } from '../manifest.ts'
import { indexSchema } from '../product-document.ts'
import type {
  FacetCounts,
  IndexStatistics,
  NumberColumn,
  ProductIndexReader,
  Retrieval,
  RetrievalRequest,
  StoredProduct,
  TermExplanation,
} from '../product-index.port.ts'
import { planFacets } from './native.facets.ts'
import { clausesOf, filterOf } from './native.retrieval.ts'

const failure = failures({
  'product-index.bad-limit': { kind: 'invalid', cure: 'Ask for 0 to 1,000 candidates.' },
})

const mostCandidates = 1_000

export interface NativeIndexReader extends ProductIndexReader {
  /** Takes in what the writer has published. Cheap where there is nothing new. */
  refresh(): void
}

/** Reads the view that arrives on `publications`, on this thread; every question is answered over one commit. */
export function nativeIndexReader(publications: MessagePort): NativeIndexReader {
  const index = createIndexReader(indexSchema)

  const refresh = () => {
    if (!index.isStale()) return
    // Each publication is complete: of several, the last one is enough.
    let last: Publication | null = null
    for (let next = receiveMessageOnPort(publications); next !== undefined; next = receiveMessageOnPort(publications))
      last = next.message as Publication
    if (last !== null) index.apply(last)
  }
  const fresh = (): IndexView => {
    refresh()
    return index.view()
  }

  return Object.freeze({
    refresh,
    async retrieve(request: RetrievalRequest) {
      return retrieve(fresh(), request)
    },
    async show(ids: readonly string[]) {
      const view = fresh()
      return ids.flatMap((id) => {
        const ref = view.find(id)
        return ref === undefined ? [] : [JSON.parse(view.stored(ref).toString('utf8')) as StoredProduct]
      })
    },
    async explain(ids: readonly string[], query: AnalyzedQuery) {
      const view = fresh()
      const clauses = clausesOf(query)
      return ids.map((id) => explain(view, id, clauses))
    },
    statistics: () => statisticsOf(fresh()),
  })
}

function retrieve(view: IndexView, request: RetrievalRequest): Retrieval {
  const { query, facets, filters, order, limit, columns } = request
  if (!Number.isInteger(limit) || limit < 0 || limit > mostCandidates)
    throw failure('product-index.bad-limit', `"limit" is ${limit}, not a whole number from 0 to ${mostCandidates}`)
  const statistics = statisticsOf(view)
  const clauses = clausesOf(query)
  if (query !== null && clauses.length === 0) return nothing(request, statistics)
  const plan = planFacets(facets)
  const asked: CountingRequest = {
    clauses,
    minimumClauses: Math.min(Math.max(1, Math.ceil(request.minimumMatches)), Math.max(1, clauses.length)),
    filters: filters.map(filterOf),
    limit,
    total: true,
    ...(order !== 'score' && { sort: { column: order.column, order: order.direction } }),
    facets: plan.facets,
    groupFacets: plan.groupFacets,
  }
  const found = view.search(asked)
  return {
    total: found.total ?? found.count,
    ids: found.ids(),
    textScores: found.scores,
    columns: gathered(view, found.refs, columns),
    facets: plan.read(found),
    statistics,
  }
}

function gathered(view: IndexView, refs: Uint32Array, columns: readonly NumberColumn[]): Retrieval['columns'] {
  const values = columns.map(() => new Float64Array(refs.length))
  view.gatherNumbers(refs, columns, values)
  return Object.fromEntries(columns.map((column, at) => [column, values[at]!]))
}

/** The answer to a query in which there is nothing to search for. */
function nothing({ facets, columns }: RetrievalRequest, statistics: IndexStatistics): Retrieval {
  const plan = planFacets(facets)
  const none = plan.facets.map((request) => {
    if (request.kind === 'ranges') return { kind: 'ranges', counts: [...request.edges, 0].map(() => 0) } as const
    if (request.kind === 'statistics') return { kind: 'statistics', minimum: NaN, maximum: NaN, count: 0 } as const
    return { kind: request.kind, values: [], counts: [] } as const
  })
  const groups = plan.groupFacets.map((request) =>
    'group' in request ? [{ name: request.group, values: [], counts: [] }] : [],
  )
  const empty: readonly FacetCounts[] = plan.read({ facets: none, groupFacets: groups })
  return {
    total: 0,
    ids: [],
    textScores: new Float64Array(0),
    columns: Object.fromEntries(columns.map((column) => [column, new Float64Array(0)])),
    facets: empty,
    statistics,
  }
}

function explain(view: IndexView, id: string, clauses: ReturnType<typeof clausesOf>): readonly TermExplanation[] {
  const ref = view.find(id)
  if (ref === undefined || clauses.length === 0) return []
  return view
    .explain(ref, { clauses })
    .map(({ term, documentFrequency, inverseDocumentFrequency, termFrequency, score }) => ({
      term,
      documentFrequency,
      inverseDocumentFrequency,
      termFrequency,
      score,
    }))
}

function statisticsOf(view: IndexView): IndexStatistics {
  const { documents, segments, bytes, epoch } = view.statistics()
  return { documents, segments, bytes, epoch, generation }
}
