export { type CatalogContract, catalogContract, catalogFailure, productChanged } from './catalog.ts'
export {
  type EmbeddedProduct,
  type EmbeddingContract,
  type EmbeddingStatus,
  embeddingContract,
  embeddingFailure,
  encoderPublished,
  type PublishedEncoder,
  productEmbedded,
  productEmbeddedKey,
} from './embedding.ts'
export { type Envelope, envelopeSchema, type Market, type Position, type Positions, type Topic } from './event.ts'
export { type GatewayContract, gatewayContract, gatewayFailure } from './gateway.ts'
export {
  type GenerationStatus,
  type IndexerContract,
  type IndexerStatus,
  indexerContract,
  indexerFailure,
} from './indexer.ts'
export {
  defaultPlace,
  type InventoryContract,
  inventoryContract,
  inventoryFailure,
  type LedgerEntry,
  lowStockDays,
  type ProductStock,
  productStockSchema,
  reservationStates,
  type StockAmounts,
  type StockChanged,
  type StockReason,
  type StockRow,
  stockChanged,
  stockReasons,
  stockRowSchema,
} from './inventory.ts'
export {
  type Calibration,
  type DeliveryPromise,
  type ListedRegion,
  type LogisticsContract,
  type LogisticsRates,
  type LogisticsScore,
  logisticsContract,
  logisticsFailure,
  logisticsWeights,
  mostRegions,
  regionListed,
  scoreChanged,
} from './logistics.ts'
export { currencyExponent, formatMinorUnits, type Money, majorUnits, moneySchema, parseMoney } from './money.ts'
export type {
  AuditEntry,
  EnginePart,
  EngineProcess,
  Overview,
  ParkedRecord,
  ServiceRecord,
  TopicRecord,
} from './operations.ts'
export {
  type Cart,
  type CartAction,
  cartAction,
  type ImportedOrder,
  importedOrderSchema,
  type Order,
  type OrderLine,
  type OrderState,
  type OrdersContract,
  orderChanged,
  orderStates,
  ordersContract,
  ordersFailure,
  type Purchase,
  purchase,
} from './orders.ts'
export { categoryPathSeparator, type Product, productIdSchema, productSchema, type Rating } from './product.ts'
export { contentText, shortHash } from './product-content.ts'
export {
  type ImportRejection,
  largestImport,
  largestImportChunk,
  type ProductImport,
} from './product-import.ts'
export {
  type PolicyDocument,
  type PolicyDraft,
  type PublishedPolicy,
  type PublishedPolicyEvent,
  policyPublished,
  type RankingContract,
  rankingContract,
  rankingFailure,
} from './ranking.ts'
export { regionSchema } from './region.ts'
export { type Role, roles } from './role.ts'
export {
  type Facet,
  type Placement,
  type QuerySlot,
  type QueryStep,
  type SearchContract,
  type SearchHit,
  type SearchInput,
  type SearchMode,
  type SearchOutput,
  type Suggestion,
  type SynonymRule,
  searchContract,
  searchFailure,
  searchInputSchema,
  searchLimits,
  searchModes,
  searchOutputSchema,
  synonymChanged,
} from './search.ts'
