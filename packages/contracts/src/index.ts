export { type CatalogContract, catalogContract, catalogFailure, productChanged } from './catalog.ts'
export { type Envelope, envelopeSchema, type Market, type Position, type Positions, type Topic } from './event.ts'
export { type GatewayContract, gatewayContract, gatewayFailure } from './gateway.ts'
export { type IndexerContract, indexerContract } from './indexer.ts'
export { currencyExponent, formatMinorUnits, type Money, majorUnits, moneySchema, parseMoney } from './money.ts'
export { categoryPathSeparator, type Product, productIdSchema, productSchema, type Rating } from './product.ts'
export { type Role, roles } from './role.ts'
export {
  type Facet,
  type SearchContract,
  type SearchHit,
  type SearchInput,
  type SearchOutput,
  searchContract,
  searchFailure,
  searchInputSchema,
  searchLimits,
  searchOutputSchema,
} from './search.ts'
