import { join } from 'node:path'
import { type Clock, systemClock } from '@eip/kernel'
import type { Columns, Lake, LakeRow } from '@eip/lake'
import {
  counts,
  distinctIds,
  type FileFault,
  fileSize,
  hashOfFile,
  type ImportProgress,
  type ImportSummary,
  isObject,
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
import { parseAmazonLine, readAmazonLine } from './amazon-row.ts'

export type ImportAmazonOptions = Readonly<{
  /** Metadata in the published shape of 2014, 2018 or 2023, plain or gzip. */
  meta: string
  /** Reviews of the same; they become the average and the count of ratings. */
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
    const sql = reviews ? withRatings(source, lake.source('amazon-reviews', reviews.part)) : lastRowPerId(source)
    const shared = { lake, rejected, onProgress, signal }
    const loaded = await loadProducts({ ...shared, sql, rowsTotal, load, complete: withRating })
    const rejectedFile = await rejected.finish()
    const rows = staged.read + (reviews?.read ?? 0)
    const counted = { ...counts(staged, loaded, rowsTotal), ...speed(rows, clock.now() - startedAt) }
    return { ...counted, fault: staged.fault ?? faultOf(reviews), rejectedFile, part, reviews }
  } catch (error) {
    await rejected.discard()
    throw error
  }
}

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
}>

async function stageFile(context: Context, reading: Reading): Promise<StagedFile> {
  const { lake, onProgress, signal } = context
  const { file, dataset, columns } = reading
  const bytesTotal = await fileSize(file)
  const onBytes = (bytesRead: number) => onProgress?.({ phase: 'hashing', file, bytesRead, bytesTotal })
  const fileHash = await hashOfFile(file, onBytes, signal)
  const part = partName(fileHash, reading.reading)
  const rejected = rejectedRows(reading.rejectedFile ?? join(lake.directory, 'rejected', `${part}.jsonl`))
  try {
    const convert = reading.converter(fileHash)
    const staged = await stageRows({ ...context, file, bytesTotal, dataset, part, columns, convert, rejected })
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
    reading: 'ratings',
    columns: reviewColumns,
    rejectedFile: beside?.replace(/(\.jsonl)?$/, '.reviews.jsonl'),
    converter: (fileHash) => (text, line) => reviewCells(text, line, fileHash),
  })
  return { ...staged, part, rejectedFile: await rejected.finish() }
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
