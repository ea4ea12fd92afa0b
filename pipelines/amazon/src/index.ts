export { type AmazonSummary, type ImportAmazonOptions, importAmazon, type ReviewSummary } from './import-amazon.ts'
