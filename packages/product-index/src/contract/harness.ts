import type { ProductIndex } from '../product-index-writer.port.ts'

/** An adapter under test: `open` answers with the view that the store holds, which is empty at first. */
export type ProductIndexHarness = AsyncDisposable & Readonly<{ open(): Promise<ProductIndex> }>
export type OpenHarness = () => ProductIndexHarness
