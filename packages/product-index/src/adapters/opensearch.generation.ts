import type { ProductIndexReader } from '../product-index.port.ts'
import type { ProductIndexWriter } from '../product-index-writer.port.ts'
import type { Connection } from './opensearch.connection.ts'
import { opensearchIndexReader } from './opensearch.index-reader.ts'
import { opensearchIndexWriter } from './opensearch.index-writer.ts'
import { createIndexes } from './opensearch.indexes.ts'
import type { IndexSettings } from './opensearch.mapping.ts'
import type { IndexNames } from './opensearch.names.ts'
import { openViews } from './opensearch.views.ts'

/** One generation as this process has it open. */
export type OpenGeneration = Readonly<{
  names: IndexNames
  reader: ProductIndexReader
  /** Opened when first asked for: most processes only read. */
  writer(): Promise<ProductIndexWriter>
  /** Waits for what is being written, then lets go of the points in time. */
  close(): Promise<void>
}>

export type GenerationParts = Readonly<{
  connection: Connection
  settings: IndexSettings
  names: IndexNames
  lookEveryMs: number
}>

/** Makes the indexes where they are missing: a process may have ended between naming a generation and making it. */
export async function openGeneration(parts: GenerationParts): Promise<OpenGeneration> {
  const { connection, settings, names, lookEveryMs } = parts
  await createIndexes(connection, settings, names)
  const views = await openViews(connection, names, lookEveryMs)
  let writer: Promise<ProductIndexWriter> | null = null
  return Object.freeze({
    names,
    reader: opensearchIndexReader(views),
    writer() {
      writer ??= opensearchIndexWriter({ connection, names, settings, views }).catch((error: unknown) => {
        writer = null
        throw error
      })
      return writer
    },
    async close() {
      await (await writer?.catch(() => null))?.save()
      await views.close()
    },
  })
}
