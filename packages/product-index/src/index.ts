export {
  firstGeneration,
  type Generation,
  type GenerationState,
  type ProductIndexGenerations,
} from './generations.port.ts'
export {
  commonAttributes,
  type FacetCounts,
  type FacetRequest,
  type Filter,
  type IndexStatistics,
  type KeywordColumn,
  keywordColumns,
  mostWishes,
  type NumberColumn,
  numberColumns,
  type ProductIndexReader,
  type Retrieval,
  type RetrievalRequest,
  type StoredProduct,
  type TermExplanation,
  type VectorQuery,
} from './product-index.port.ts'
export type { ProductIndex } from './product-index-writer.port.ts'
