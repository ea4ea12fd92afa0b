import { join } from 'node:path'
import { type Clock, systemClock } from '@eip/kernel'
import type { Columns, Lake } from '@eip/lake'
import {
  counts,
  distinctIds,
  type FileFault,
  fileSize,
  hashOfFile,
  type ImportProgress,
  type ImportSummary,
  type LoadBatch,
  lastRowPerId,
  loadProducts,
  partName,
  productCells,
  productColumns,
  type RejectedRows,
  rejectedRows,
  type Staged,
  type StagedLine,
  speed,
  stageRows,
} from '@eip/pipeline-products'
import { readAmazonReview, reviewColumns, withoutReviewer } from './amazon-review.ts'
import { readAmazonLine } from './amazon-row.ts'
import { productsWithReviews, withReviews } from './reviews-per-product.ts'

export type ImportAmazonOptions = Readonly<{
  /** Metadata in the published shape of 2014, 2018 or 2023, plain or gzip. */
  meta: string
  /** Reviews of the same; they become the average and the count of ratings, and the most helpful ones stay as words. */
  reviews?: string
  /** Of all prices; USD where absent. */
  currency?: string
  /** Of all texts; en where absent. */
  language?: string
  lake: Lake
  load: LoadBatch
  /**
   * Where rejected rows of the metadata go, by default `rejected/PART.jsonl` in the lake; those of the reviews go
   * beside it, as `….reviews.jsonl`.
   */
  rejectedFile?: string
  clock?: Clock
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
}>

export type AmazonSummary = ImportSummary & Readonly<{ reviews: ReviewSummary | null }>
export type ReviewSummary = Staged & Readonly<{ part: string; rejectedFile: string | null }>

type Context = Readonly<{
  lake: Lake
  clock: Clock
  onProgress: ((progress: ImportProgress) => void) | undefined
  signal: AbortSignal | undefined
}>

/**
 *     META ─▶ our own shape ─▶ lake: amazon-products ─────────┐
 *     REVIEWS ─▶ rating, votes, words ─▶ lake: amazon-reviews ─▶ rating and best reviews ─▶ load, ≤ 1,000 at a time
 *
 * The shape is told row by row. DuckDB adds up the ratings and ranks the reviews, in memory that does not grow with the
 * files; a product without reviews keeps the average of its own metadata, which 2023 has. The same files twice change
 * nothing.
 */
export async function importAmazon(options: ImportAmazonOptions): Promise<AmazonSummary> {
  const { meta, lake, load, onProgress, signal, clock = systemClock } = options
  const startedAt = clock.now()
  const context: Context = { lake, onProgress, signal, clock }
  const { currency = 'USD', language = 'en', rejectedFile: productsRejected } = options
  // The cheap mistakes first: a reviews file that is not there is found before hours of metadata.
  if (options.reviews !== undefined) await fileSize(options.reviews)
  const products = await stageFile(context, {
    file: meta,
    dataset: 'amazon-products',
    reading: { currency, language },
    columns: productColumns,
    rejectedFile: productsRejected,
    converter: (fileHash) => productCells((text) => readAmazonLine(text, { currency, language }), fileHash),
  })
  const { rejected, staged, part } = products
  try {
    const reviews =
      options.reviews === undefined ? null : await stageReviews(context, options.reviews, productsRejected)
    const source = lake.source('amazon-products', part)
    const rowsTotal = await distinctIds(lake, source)
    const shared = { lake, rejected, onProgress, signal, rowsTotal, load }
    const loaded = await loadProducts(
      reviews
        ? { ...shared, queries: queriesOf(lake, source, reviews), complete: withReviews }
        : { ...shared, queries: [lastRowPerId(source)] },
    )
    const rejectedFile = await rejected.finish()
    const rows = staged.read + (reviews?.read ?? 0)
    const counted = { ...counts(staged, loaded, rowsTotal), ...speed(rows, clock.now() - startedAt) }
    return { ...counted, fault: staged.fault ?? faultOf(reviews), rejectedFile, part, reviews }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

const queriesOf = (lake: Lake, products: string, { part, kept }: ReviewSummary): string[] =>
  productsWithReviews(products, lake.source('amazon-reviews', part), kept)

const faultOf = (reviews: ReviewSummary | null): FileFault | null =>
  reviews?.fault ? { line: reviews.fault.line, reason: `reviews: ${reviews.fault.reason}` } : null

type StagedFile = Readonly<{ staged: Staged; part: string; rejected: RejectedRows }>
type Reading = Readonly<{
  file: string
  dataset: string
  /** What the rows depend on beside the file. */
  reading: unknown
  columns: Columns
  rejectedFile: string | undefined
  converter: (fileHash: string) => (text: string, line: number) => StagedLine
  shown?: (text: string) => string
}>

async function stageFile(context: Context, reading: Reading): Promise<StagedFile> {
  const { lake, onProgress, signal } = context
  const { file, dataset, columns, shown } = reading
  const bytesTotal = await fileSize(file)
  const onBytes = (bytesRead: number) => onProgress?.({ phase: 'hashing', file, bytesRead, bytesTotal })
  const fileHash = await hashOfFile(file, onBytes, signal)
  const part = partName(fileHash, reading.reading)
  const rejected = rejectedRows(reading.rejectedFile ?? join(lake.directory, 'rejected', `${part}.jsonl`))
  try {
    const convert = reading.converter(fileHash)
    const staged = await stageRows({ ...context, file, bytesTotal, dataset, part, columns, convert, rejected, shown })
    return { staged, part, rejected }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

async function stageReviews(context: Context, file: string, beside: string | undefined): Promise<ReviewSummary> {
  const { staged, part, rejected } = await stageFile(context, {
    file,
    dataset: 'amazon-reviews',
    // As when only ratings were kept: a part of that time is replaced, and no review counts twice.
    reading: 'ratings',
    columns: reviewColumns,
    rejectedFile: beside?.replace(/(\.jsonl)?$/, '.reviews.jsonl'),
    converter: (fileHash) => (text, line) => readAmazonReview(text, line, fileHash),
    shown: withoutReviewer,
  })
  return { ...staged, part, rejectedFile: await rejected.finish() }
}
