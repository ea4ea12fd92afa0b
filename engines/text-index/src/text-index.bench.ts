import { type Latency, latencyOf } from '@eip/testkit'
import type { IndexDocument } from './document.ts'
import { createIndexReader, type IndexReader } from './index-reader.ts'
import { createIndexWriter } from './index-writer.ts'
import type { IndexSchema } from './schema.ts'
import type { FacetRequest, Filter, QueryClause, SearchRequest } from './search-request.ts'

/** An analysed catalogue and analysed queries. */
export interface TextIndexBenchInput {
  readonly schema: IndexSchema
  readonly documents: Iterable<IndexDocument>
  readonly queries: readonly (readonly QueryClause[])[]
  /** What the case "facets" asks for beside the total, and what it filters by. */
  readonly facets?: readonly FacetRequest[]
  readonly filters?: readonly Filter[]
  /** Rounds over all queries; the first one only warms up. */
  readonly rounds?: number
}

export interface TextIndexBench {
  readonly documents: number
  /** Shared memory that the index occupies. */
  readonly index_bytes: number
  /** Adding and committing every document, and merging to one segment, in milliseconds. */
  readonly index_ms: number
  readonly merge_ms: number
  readonly cases: Readonly<Record<string, Latency>>
}

const ROUNDS = 20
const LIMIT = 10

function measure(requests: readonly SearchRequest[], rounds: number, reader: IndexReader): Latency {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++)
    for (const request of requests) {
      const start = performance.now()
      reader.search(request)
      if (round > 0) times.push(performance.now() - start)
    }
  return latencyOf(times)
}

/** Indexes the documents and times top-10 queries on one thread, by each path. */
export function benchTextIndex(input: TextIndexBenchInput): TextIndexBench {
  const { rounds = ROUNDS, facets = [], filters = [] } = input
  const documents = [...input.documents]
  const writer = createIndexWriter(input.schema)
  const started = performance.now()
  for (const document of documents) writer.add(document)
  writer.commit()
  const committed = performance.now()
  writer.mergeAll()
  writer.commit()
  const merged = performance.now()
  const reader = createIndexReader(input.schema)
  reader.apply(writer.publication())
  const time = (make: (clauses: readonly QueryClause[]) => Omit<SearchRequest, 'clauses' | 'limit'>) =>
    measure(
      input.queries.map((clauses) => ({ clauses, limit: LIMIT, ...make(clauses) })),
      rounds,
      reader,
    )
  return {
    documents: documents.length,
    index_bytes: reader.statistics().bytes,
    index_ms: committed - started,
    merge_ms: merged - committed,
    cases: {
      'top-10': time(() => ({})),
      'top-10, all words': time((clauses) => ({ minimumClauses: Math.max(1, clauses.length) })),
      'top-10, total': time(() => ({ total: true })),
      'top-10, facets': time(() => ({ facets })),
      'top-10, filters': time(() => ({ filters })),
      'top-10, filters, facets': time(() => ({ filters, facets })),
    },
  }
}
