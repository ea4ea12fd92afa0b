export { type CatalogNeeds, catalog } from './catalog.service.ts'
export type { ProductCount, ProductStore, VersionedProduct } from './ports/product-store.port.ts'
