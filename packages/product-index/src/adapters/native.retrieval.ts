import type { CountingRequest, Filter as IndexFilter, IndexView } from '@eip/engine-text-index'
import { attributeSet, attributeTag, categoryTags } from '../product-document.ts'
import type { Filter, IndexStatistics, NumberColumn, Retrieval, RetrievalRequest } from '../product-index.port.ts'
import { checkRequest, clausesOf, neededClauses } from '../retrieval-request.ts'
import { candidatesOf, type Marks } from './native.candidates.ts'
import { planFacets } from './native.facets.ts'
import type { VectorReaders } from './native.vector-readers.ts'

const none = new Uint32Array(0)

/** The view as of one commit, and what a query over it works with. */
export type Commit = Readonly<{ view: IndexView; vectors: VectorReaders; marks: Marks; statistics: IndexStatistics }>

/**
 * words ─────────▶ clauses ─┐
 *                           ├─▶ one search over (words ∪ nearest) ∩ filters: total, facets, order ─▶ candidates ─▶ what is asked of each
 * vector ─▶ nearest ─▶ also ┘
 */
export function retrieve({ view, vectors, marks, statistics }: Commit, request: RetrievalRequest): Retrieval {
  checkRequest(request)
  const { query, vector, order, limit } = request
  const clauses = clausesOf(query)
  const filters = request.filters.map(filterOf)
  const meaning = vector === null ? null : vectors.meaning(view, vector, filters)
  const plan = planFacets(request.facets)
  // Without clauses, everything would match: a query in which there is nothing to search for finds nothing by words.
  const also = meaning?.nearest ?? (query !== null && clauses.length === 0 ? none : undefined)
  const asked: CountingRequest = {
    clauses,
    minimumClauses: neededClauses(request, clauses),
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

function gathered(view: IndexView, refs: Uint32Array, columns: readonly NumberColumn[]): Retrieval['columns'] {
  const values = columns.map(() => new Float64Array(refs.length))
  view.gatherNumbers(refs, columns, values)
  return Object.fromEntries(columns.map((column, at) => [column, values[at]!]))
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
    case 'available':
      return { kind: 'range', column: 'atp', maximum: 0, not: true }
    case 'delivered':
      return { kind: 'bit', column: 'coverage', bit: filter.bit, orAbsent: true }
    default:
      return filter
  }
}
