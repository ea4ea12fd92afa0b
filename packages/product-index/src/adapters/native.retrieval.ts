import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { CountingRequest, Filter as IndexFilter, IndexView, QueryClause } from '@eip/engine-text-index'
import { failures } from '@eip/kernel'
import { attributeSet, attributeTag, categoryTags } from '../product-document.ts'
import {
  type Filter,
  type IndexStatistics,
  mostWishes,
  type NumberColumn,
  type Retrieval,
  type RetrievalRequest,
} from '../product-index.port.ts'
import { candidatesOf, type Marks } from './native.candidates.ts'
import { planFacets } from './native.facets.ts'
import type { VectorReaders } from './native.vector-readers.ts'

const failure = failures({
  'product-index.bad-limit': { kind: 'invalid', cure: 'Ask for 0 to 1,000 candidates, and as many nearest.' },
  'product-index.too-many-wishes': { kind: 'invalid', cure: `Give at most ${mostWishes} wishes.` },
})

const mostCandidates = 1_000
const none = new Uint32Array(0)

/** The view as of one commit, and what a query over it works with. */
export type Commit = Readonly<{ view: IndexView; vectors: VectorReaders; marks: Marks; statistics: IndexStatistics }>

/**
 * words ─────────▶ clauses ─┐
 *                           ├─▶ one search over (words ∪ nearest) ∩ filters: total, facets, order ─▶ candidates ─▶ what is asked of each
 * vector ─▶ nearest ─▶ also ┘
 */
export function retrieve({ view, vectors, marks, statistics }: Commit, request: RetrievalRequest): Retrieval {
  check(request)
  const { query, vector, order, limit } = request
  const clauses = clausesOf(query)
  const filters = request.filters.map(filterOf)
  const meaning = vector === null ? null : vectors.meaning(view, vector, filters)
  const plan = planFacets(request.facets)
  // Without clauses, everything would match: a query in which there is nothing to search for finds nothing by words.
  const also = meaning?.nearest ?? (query !== null && clauses.length === 0 ? none : undefined)
  const asked: CountingRequest = {
    clauses,
    minimumClauses: Math.min(Math.max(1, Math.ceil(request.minimumMatches)), Math.max(1, clauses.length)),
    filters,
    limit,
    total: true,
    ...(also !== undefined && { also }),
    ...(order !== 'score' && { sort: { column: order.column, order: order.direction } }),
    facets: plan.facets,
    groupFacets: plan.groupFacets,
  }
  const found = view.search(asked)
  const { references, textScores } = candidatesOf(view, marks, found, meaning?.nearest ?? null, request, clauses)
  const wishes = new Uint32Array(references.length)
  if (request.wishes.length > 0) view.meets(references, request.wishes.map(filterOf), wishes)
  return {
    total: found.total ?? found.count,
    totalByWords: found.totalByClauses ?? found.count,
    ids: Array.from(references, view.idOf),
    textScores,
    vectorScores: meaning?.scores(references) ?? null,
    wishes,
    columns: gathered(view, references, request.columns),
    facets: plan.read(found),
    statistics,
  }
}

function check({ limit, vector, wishes }: RetrievalRequest): void {
  const checkNumber = (name: string, value: number) => {
    if (!Number.isInteger(value) || value < 0 || value > mostCandidates)
      throw failure('product-index.bad-limit', `"${name}" is ${value}, not a whole number from 0 to ${mostCandidates}`)
  }
  checkNumber('limit', limit)
  if (vector !== null) {
    checkNumber('vector.nearest', vector.nearest)
    if (Number.isNaN(vector.floor)) throw failure('product-index.bad-limit', '"vector.floor" is not a number')
  }
  if (wishes.length > mostWishes)
    throw failure('product-index.too-many-wishes', `"wishes" holds ${wishes.length}, more than ${mostWishes}`)
}

function gathered(view: IndexView, refs: Uint32Array, columns: readonly NumberColumn[]): Retrieval['columns'] {
  const values = columns.map(() => new Float64Array(refs.length))
  view.gatherNumbers(refs, columns, values)
  return Object.fromEntries(columns.map((column, at) => [column, values[at]!]))
}

/** The engine keeps one bit a clause; what stands beyond in a query is hardly a search any more. */
const mostClauses = 32

/**
 * The clauses that are searched for. A stop word beside other words would only let through what matches nothing else;
 * alone it is all that was asked.
 */
export function clausesOf(query: AnalyzedQuery | null): readonly QueryClause[] {
  const all = query?.clauses ?? []
  const meaningful = all.filter(({ isStopWord }) => !isStopWord)
  return (meaningful.length > 0 ? meaningful : all).slice(0, mostClauses)
}

export const filterOf = (filter: Filter): IndexFilter => {
  switch (filter.kind) {
    case 'category': {
      const anyOf = filter.anyOf.flatMap((path) => categoryTags(path).slice(-1))
      return { kind: 'tag', set: 'category', anyOf }
    }
    case 'attribute':
      return {
        kind: 'tag',
        set: attributeSet,
        anyOf: filter.anyOf.map((value) => attributeTag(filter.name, value)),
      }
    case 'range': {
      const { column, minimum, maximum } = filter
      return { kind: 'range', column, ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) }
    }
    default:
      return filter
  }
}
