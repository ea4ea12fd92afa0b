import type { ProductIndex } from '../product-index-writer.port.ts'
import { type OpenSearchProductIndexOptions, openOpenSearchGenerations } from './opensearch.generations.ts'

/** The serving view alone, without those that are built beside it. Fails as `openOpenSearchGenerations`. */
export async function openOpenSearchProductIndex(options: OpenSearchProductIndexOptions): Promise<ProductIndex> {
  const generations = await openOpenSearchGenerations(options)
  try {
    const serving = (await generations.list()).find(({ state }) => state === 'serving')!
    const writer = await generations.writer(serving.name)
    return Object.freeze({ writer, reader: generations.reader, close: () => generations.close() })
  } catch (error) {
    await generations.close()
    throw error
  }
}
