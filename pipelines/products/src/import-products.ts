import { join } from 'node:path'
import { type Clock, systemClock } from '@eip/kernel'
import type { Columns, Lake } from '@eip/lake'
import { type FieldMapping, noMapping } from './field-mapping.ts'
import { hashOfFile, partName } from './file-identity.ts'
import type { ImportProgress, ImportSummary } from './import-summary.ts'
import { type LineConverter, productLineConverter } from './json-line.ts'
import { fileSize } from './line-reader.ts'
import { type LoadBatch, lastRowPerId, loadProducts } from './load-products.ts'
import type { ProductRowOptions } from './product-row.ts'
import { rejectedRows } from './rejected-rows.ts'
import { type StagedLine, stageRows } from './stage-rows.ts'

export type ImportProductsOptions = Readonly<{
  /** JSON lines, plain or gzip. */
  file: string
  mapping?: FieldMapping
  /** Currency, language and category separator where the rows do not say. */
  defaults?: ProductRowOptions
  lake: Lake
  load: LoadBatch
  /** Where rejected rows go; by default `rejected/PART.jsonl` in the lake. */
  rejectedFile?: string
  clock?: Clock
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
}>

export const productColumns: Columns = Object.freeze({
  line: 'integer',
  id: 'text',
  file_hash: 'text',
  received: 'text',
  product: 'text',
})

/**
 *     FILE ─▶ lines ─▶ mapping, validation ─▶ Parquet part of the lake ─▶ last row of each id ─▶ load, ≤ 1,000 at a time
 *                          └─▶ rejected rows, with line, field, reason and cure
 *
 * The same file read the same way again replaces its own part and changes nothing in the catalogue. Memory does not
 * grow with the file. Throws `import.no-file`; what is wrong inside the file is in the summary.
 */
export async function importProducts(options: ImportProductsOptions): Promise<ImportSummary> {
  const { file, mapping = noMapping, defaults = {}, lake, load, onProgress, signal, clock = systemClock } = options
  const startedAt = clock.now()
  const bytesTotal = await fileSize(file)
  const onBytes = (bytesRead: number) => onProgress?.({ phase: 'hashing', file, bytesRead, bytesTotal })
  const fileHash = await hashOfFile(file, onBytes, signal)
  const part = partName(fileHash, [mapping, defaults])
  const rejected = rejectedRows(options.rejectedFile ?? join(lake.directory, 'rejected', `${part}.jsonl`))
  const dataset = 'products'
  const convert = productCells(productLineConverter(mapping, defaults), fileHash)
  const shared = { lake, rejected, onProgress, signal }
  try {
    const staged = await stageRows({
      ...shared,
      file,
      bytesTotal,
      dataset,
      part,
      columns: productColumns,
      convert,
      clock,
    })
    const source = lake.source(dataset, part)
    const rowsTotal = await distinctIds(lake, source)
    const loaded = await loadProducts({ ...shared, queries: [lastRowPerId(source)], rowsTotal, load })
    const rejectedFile = await rejected.finish()
    return { ...counts(staged, loaded, rowsTotal), rejectedFile, part, ...speed(staged.read, clock.now() - startedAt) }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

/** Cells of `productColumns` for each line that is a product. */
export const productCells =
  (convert: LineConverter, fileHash: string) =>
  (text: string, line: number): StagedLine => {
    const outcome = convert(text)
    if (outcome.outcome === 'rejected') return outcome
    const { product, repairs } = outcome
    return { outcome: 'kept', cells: [line, product.id, fileHash, text, JSON.stringify(product)], repairs }
  }

export async function distinctIds(lake: Lake, source: string): Promise<number> {
  for await (const [row] of lake.query(`SELECT count(DISTINCT id)::INTEGER AS ids FROM ${source}`))
    return (row?.ids as number | undefined) ?? 0
  return 0
}

type Counted = Pick<ImportSummary, 'read' | 'setAside' | 'repaired' | 'fault'> & Readonly<{ kept: number }>

/** Adds up the two halves of an import so that every row is counted once. */
export function counts(
  staged: Counted,
  loaded: Pick<ImportSummary, 'created' | 'updated' | 'unchanged' | 'setAside'>,
  distinct: number,
) {
  const { read, repaired, fault } = staged
  const { created, updated, unchanged } = loaded
  const setAside = staged.setAside + loaded.setAside
  const duplicates = staged.kept - distinct
  return { read, kept: distinct - loaded.setAside, setAside, duplicates, created, updated, unchanged, repaired, fault }
}

export const speed = (rows: number, milliseconds: number): Pick<ImportSummary, 'seconds' | 'rowsPerSecond'> => ({
  seconds: milliseconds / 1_000,
  rowsPerSecond: Math.round((rows * 1_000) / Math.max(milliseconds, 1)),
})
