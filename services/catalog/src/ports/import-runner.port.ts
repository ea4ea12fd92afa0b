import type { Product, ProductImport } from '@eip/contracts'
import type { ImportOutcome } from '../domain/import-record.ts'

/** What became of some products; `index` counts from 0 in what was given. */
export type LoadedProducts = Readonly<{
  created: number
  updated: number
  unchanged: number
  rejected: readonly Readonly<{ index: number; id: string | null; field: string; reason: string }>[]
}>

/** How far a run is: the share of its phase that is done, in [0, 1], and the rows of the file read so far. */
export type ImportStep = Readonly<{ phase: NonNullable<ProductImport['phase']>; share: number; read: number }>

export type ImportJob = Readonly<{
  /** JSON lines, plain or gzip. */
  file: string
  options: ProductImport['options']
  /** Where rows that do not go in are written: JSON lines of {line, field, reason, text}. */
  rejectedFile: string
  /** Takes at most 1,000 products at a time. */
  load: (products: readonly Product[]) => Promise<LoadedProducts>
  onProgress: (step: ImportStep) => void
  signal: AbortSignal
}>

/**
 * Runs one file of products through to whoever takes them.
 *  - Each row is counted once: read = kept + duplicates + setAside, and kept = created + updated + unchanged.
 *  - Of rows with the same id the last good one goes in, once; the same file again changes nothing.
 *  - Rows that do not go in stand in `rejectedFile`, each with its line and reason; there is no such file where all went in, and none
 *    when the run rejects.
 *  - Steps come with shares from 0 to 1, and rows read never become fewer.
 *  - `run` rejects with the reason when `load` does; when it rejects, nothing is being loaded any more.
 *  - After the signal it rejects soon, and loads nothing that it had not begun to.
 */
export interface ImportRunner {
  /** What is wrong with how rows are to be read, in a sentence; null where nothing is. */
  fault(options: ImportJob['options']): string | null
  run(job: ImportJob): Promise<ImportOutcome>
}
