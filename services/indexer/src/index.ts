export { type IndexerNeeds, indexer } from './indexer.service.ts'
