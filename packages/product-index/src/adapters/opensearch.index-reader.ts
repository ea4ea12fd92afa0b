import type { CatalogueVocabulary } from '@eip/engine-query-understanding'
import type { AnalyzedQuery } from '@eip/engine-text-analysis'
import type { ProductIndexReader, RetrievalRequest, StoredProduct, TermExplanation } from '../product-index.port.ts'
import { clausesOf } from '../retrieval-request.ts'
import { decidingTerms, type Explained, summingTo } from './opensearch.explanation.ts'
import { explainBody, shownBody, vectorBody } from './opensearch.queries.ts'
import { retrieve } from './opensearch.retrieval.ts'
import type { View, Views } from './opensearch.views.ts'
import { makeVocabulary } from './opensearch.vocabulary.ts'

/** Products that are asked for at once. */
const page = 1_000

/** Reads the view that stands newest; every question is answered over one view. */
export function opensearchIndexReader(views: Views): ProductIndexReader {
  let making: Promise<CatalogueVocabulary> | null = null
  return Object.freeze({
    retrieve: (request: RetrievalRequest) => views.use((view) => retrieve(view, request)),
    show: (ids: readonly string[]) => views.use((view) => show(view, ids)),
    explain: (ids: readonly string[], query: AnalyzedQuery) => views.use((view) => explain(view, ids, query)),
    vectorOf: (id: string, encoder: string) => views.use((view) => vectorOf(view, id, encoder)),
    vocabulary() {
      making ??= views.use(makeVocabulary).finally(() => {
        making = null
      })
      return making
    },
    statistics: views.statistics,
  })
}

async function show(view: View, ids: readonly string[]): Promise<readonly StoredProduct[]> {
  const shown = new Map<string, StoredProduct>()
  for (const part of pagesOf([...new Set(ids)])) {
    const { hits } = await view.search(shownBody(part))
    for (const { _source } of hits.hits) {
      const product = _source!.shown as StoredProduct
      shown.set(product.id, product)
    }
  }
  return ids.flatMap((id) => shown.get(id) ?? [])
}

async function explain(
  view: View,
  ids: readonly string[],
  query: AnalyzedQuery,
): Promise<readonly (readonly TermExplanation[])[]> {
  const clauses = clausesOf(query)
  const explained = new Map<string, readonly TermExplanation[]>()
  if (clauses.length === 0) return ids.map(() => [])
  for (const part of pagesOf([...new Set(ids)])) {
    const { hits } = await view.search(explainBody(part, clauses))
    for (const { _score, _explanation, fields } of hits.hits)
      explained.set(String(fields!.id![0]), summingTo(_score!, decidingTerms(_explanation as Explained)))
  }
  return ids.map((id) => explained.get(id) ?? [])
}

async function vectorOf(view: View, id: string, encoder: string): Promise<Float32Array | null> {
  if (!view.statistics.encoders.some((each) => each.encoder === encoder)) return null
  const { hits } = await view.searchVectors(encoder, vectorBody(id))
  const vector = hits.hits[0]?._source?.vector as readonly number[] | undefined
  return vector === undefined ? null : Float32Array.from(vector)
}

function* pagesOf(ids: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += page) yield ids.slice(at, at + page)
}
