import { join } from 'node:path'
import { type Clock, systemClock } from '@eip/kernel'
import type { Columns, Lake, LakeRow } from '@eip/lake'
import {
  counts,
  distinctIds,
  fileSize,
  hashOfFile,
  type ImportProgress,
  type ImportSummary,
  isObject,
  type LoadBatch,
  lastRowPerId,
  loadProducts,
  type ProductRowOptions,
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
import { parseAmazonLine, readAmazonLine } from './amazon-row.ts'

export type ImportAmazonOptions = Readonly<{
  /** Metadata in the published shape of 2014, 2018 or 2023, plain or gzip. */
  meta: string
  /** Reviews of the same; they become the average and the count of ratings. */
  reviews?: string
  /** By default USD and en. */
  defaults?: Pick<ProductRowOptions, 'currency' | 'language'>
  lake: Lake
  load: LoadBatch
  /** Where rejected rows go; by default `rejected/PART.jsonl` in the lake, one file for metadata and one for reviews. */
  rejectedFolder?: string
  clock?: Clock
  onProgress?: (progress: ImportProgress) => void
  signal?: AbortSignal
}>

export type AmazonSummary = ImportSummary & Readonly<{ reviews: ReviewSummary | null }>
export type ReviewSummary = Staged & Readonly<{ part: string; rejectedFile: string | null }>

// No word and no name of a reviewer: the product and the rating are all that is needed.
const reviewColumns: Columns = Object.freeze({
  line: 'integer',
  product_id: 'text',
  rating: 'double',
  file_hash: 'text',
})

type Context = Readonly<{
  lake: Lake
  clock: Clock
  rejectedFolder: string
  onProgress: ((progress: ImportProgress) => void) | undefined
  signal: AbortSignal | undefined
}>

/**
 *     META ─▶ our own shape ─▶ lake: amazon-products ─┐
 *     REVIEWS ─▶ product, rating ─▶ lake: amazon-reviews ─▶ average and count per product ─▶ load, ≤ 1,000 at a time
 *
 * The shape is told row by row. Ratings are added up by DuckDB, out of core where they do not fit; a product without
 * reviews keeps the average of its own metadata, which 2023 has. The same files twice change nothing.
 */
export async function importAmazon(options: ImportAmazonOptions): Promise<AmazonSummary> {
  const { meta, lake, load, onProgress, signal, clock = systemClock } = options
  const startedAt = clock.now()
  const rejectedFolder = options.rejectedFolder ?? join(lake.directory, 'rejected')
  const context: Context = { lake, onProgress, signal, clock, rejectedFolder }
  const defaults = { currency: 'USD', language: 'en', ...options.defaults }
  // The cheap mistakes first: a reviews file that is not there is found before hours of metadata.
  if (options.reviews !== undefined) await fileSize(options.reviews)
  const products = await stageFile(context, meta, 'amazon-products', defaults, productColumns, (fileHash) =>
    productCells((text) => readAmazonLine(text, defaults), fileHash),
  )
  const { rejected, staged, part } = products
  try {
    const reviews = options.reviews === undefined ? null : await stageReviews(context, options.reviews)
    const source = lake.source('amazon-products', part)
    const rowsTotal = await distinctIds(lake, source)
    const sql = reviews ? withRatings(source, lake.source('amazon-reviews', reviews.part)) : lastRowPerId(source)
    const shared = { lake, rejected, onProgress, signal }
    const loaded = await loadProducts({ ...shared, sql, rowsTotal, load, complete: withRating })
    const rejectedFile = await rejected.finish()
    const rows = staged.read + (reviews?.read ?? 0)
    const counted = { ...counts(staged, loaded, rowsTotal), ...speed(rows, clock.now() - startedAt) }
    return { ...counted, rejectedFile, part, reviews }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

type StagedFile = Readonly<{ staged: Staged; part: string; rejected: RejectedRows }>

async function stageFile(
  context: Context,
  file: string,
  dataset: string,
  reading: unknown,
  columns: Columns,
  converter: (fileHash: string) => (text: string, line: number) => StagedLine,
): Promise<StagedFile> {
  const { onProgress, signal } = context
  const bytesTotal = await fileSize(file)
  const onBytes = (bytesRead: number) => onProgress?.({ phase: 'hashing', file, bytesRead, bytesTotal })
  const fileHash = await hashOfFile(file, onBytes, signal)
  const part = partName(fileHash, reading)
  const rejected = rejectedRows(join(context.rejectedFolder, `${part}.jsonl`))
  try {
    const convert = converter(fileHash)
    const staged = await stageRows({ ...context, file, bytesTotal, dataset, part, columns, convert, rejected })
    return { staged, part, rejected }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

async function stageReviews(context: Context, file: string): Promise<ReviewSummary> {
  const found = await stageFile(
    context,
    file,
    'amazon-reviews',
    'ratings',
    reviewColumns,
    (fileHash) => (text, line) => reviewCells(text, line, fileHash),
  )
  return { ...found.staged, part: found.part, rejectedFile: await found.rejected.finish() }
}

/** 2014 and 2018 name the product `asin` and the rating `overall`; 2023 `parent_asin` and `rating`. */
function reviewCells(text: string, line: number, fileHash: string): StagedLine {
  const wrong = (field: string, reason: string): StagedLine => ({ outcome: 'rejected', field, reason })
  let row: unknown
  try {
    row = parseAmazonLine(text)
  } catch (error) {
    return wrong('row', `the line is not JSON: ${(error as Error).message}. Give the reviews file as published.`)
  }
  if (!isObject(row)) return wrong('row', 'the line is not an object. Give the reviews file as published.')
  const product = row.parent_asin ?? row.asin
  const rating = row.overall ?? row.rating
  if (typeof product !== 'string' || product === '')
    return wrong('asin', 'asin is missing. Give the reviews file as published.')
  if (typeof rating !== 'number' || !(rating >= 0 && rating <= 5))
    return wrong('rating', 'rating is not a number from 0 to 5. Give the reviews file as published.')
  return { outcome: 'kept', cells: [line, product, rating, fileHash], repairs: [] }
}

/** Rounded, so that the order of the sum, which is not fixed, shows in no digit. */
const withRatings = (products: string, reviews: string): string => `
  SELECT newest.line, newest.product, ratings.average, ratings.number
  FROM (SELECT line, id, product FROM ${products}
        SEMI JOIN (SELECT max(line) AS line FROM ${products} GROUP BY id) USING (line)) AS newest
  LEFT JOIN (SELECT product_id, round(avg(rating), 4) AS average, count(*)::INTEGER AS number
             FROM ${reviews} GROUP BY product_id) AS ratings
  ON ratings.product_id = newest.id`

const withRating = <Product extends object>(product: Product, row: LakeRow): Product =>
  typeof row.average === 'number'
    ? { ...product, rating: { average: row.average, count: row.number as number } }
    : product
