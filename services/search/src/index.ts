export { defaultKeptLimits, type KeptResultsLimits } from './application/kept-results.ts'
export { defaultShopLanguages, type ShopLanguages } from './domain/query-language.ts'
export { type SearchServiceNeeds, search } from './search.service.ts'
