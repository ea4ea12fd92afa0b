import type { Columns } from '@eip/lake'
import { cutAtWord, isObject, type JsonObject, plainText, type StagedLine } from '@eip/pipeline-products'
import { parseAmazonLine } from './amazon-row.ts'

/** What is kept of a review: nothing of who wrote it. */
export const reviewColumns: Columns = Object.freeze({
  line: 'integer',
  product_id: 'text',
  rating: 'double',
  helpful_votes: 'integer',
  /** Seconds since 1970 in UTC, or null. */
  written_at: 'integer',
  /** Length of the whole text, of which `words` is the beginning. */
  characters: 'integer',
  /** Plain text on one line, or null. */
  words: 'text',
  file_hash: 'text',
})

const longestWords = 500

/** Reads a line of a reviews file of any of the three shapes as cells of `reviewColumns`. */
export function readAmazonReview(text: string, line: number, fileHash: string): StagedLine {
  const wrong = (field: string, reason: string): StagedLine => ({ outcome: 'rejected', field, reason })
  const row = reviewOf(text)
  // The parser's own words would quote the line, and a name with it.
  if (row === null)
    return wrong('row', 'the line is neither a JSON object nor a Python literal. Give the reviews file as published.')
  const product = row.parent_asin ?? row.asin
  const rating = row.overall ?? row.rating
  if (typeof product !== 'string' || product === '')
    return wrong('asin', 'asin is missing. Give the reviews file as published.')
  if (typeof rating !== 'number' || !(rating >= 0 && rating <= 5))
    return wrong('rating', 'rating is not a number from 0 to 5. Give the reviews file as published.')
  const whole = wordsOf(row)
  const words = whole === '' ? null : cutAtWord(whole, longestWords)
  const cells = [line, product, rating, helpfulVotes(row), writtenAt(row), whole.length, words, fileHash]
  return { outcome: 'kept', cells, repairs: [] }
}

/** What a file of rejected rows may show of a review: the fields that can be wrong, and no person. */
export function withoutReviewer(text: string): string {
  const { asin, parent_asin, overall, rating } = reviewOf(text) ?? {}
  return JSON.stringify({ asin, parent_asin, overall, rating })
}

function reviewOf(text: string): JsonObject | null {
  try {
    const row = parseAmazonLine(text)
    return isObject(row) ? row : null
  } catch {
    return null
  }
}

// Where a film or another product was linked, the site left a mark: `[[VIDEOID:…]]`, `[[ASIN:… title of the other]]`.
const siteMark = /\[\[[A-Z]+:[^\]]*\]\]/g

/** `reviewText` in 2014 and 2018, `text` in 2023. */
function wordsOf(row: JsonObject): string {
  const given = row.reviewText ?? row.text
  if (typeof given !== 'string') return ''
  const text = plainText(given.replace(siteMark, ' ')).toWellFormed()
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

const most = 2 ** 31 - 1
const wholeNumber = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value <= most ? Math.floor(value) : null

/** `helpful: [those, ofHowMany]` in 2014, `vote: "1,234"` in 2018, `helpful_vote` in 2023; 0 where nothing is said. */
function helpfulVotes({ helpful, vote, helpful_vote }: JsonObject): number {
  const given: unknown = Array.isArray(helpful) ? helpful[0] : (vote ?? helpful_vote)
  const number = typeof given === 'string' && /^[\d,]+$/.test(given) ? Number(given.replaceAll(',', '')) : given
  return wholeNumber(number) ?? 0
}

/** `unixReviewTime` in seconds in 2014 and 2018, `timestamp` in milliseconds in 2023. */
const writtenAt = ({ unixReviewTime, timestamp }: JsonObject): number | null =>
  wholeNumber(typeof timestamp === 'number' ? timestamp / 1_000 : unixReviewTime)
