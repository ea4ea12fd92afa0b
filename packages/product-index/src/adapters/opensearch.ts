export { type OpenSearchProductIndexOptions, openOpenSearchGenerations } from './opensearch.generations.ts'
export { openOpenSearchProductIndex } from './opensearch.product-index.ts'
