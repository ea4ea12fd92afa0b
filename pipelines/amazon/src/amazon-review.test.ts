import type { CellValue } from '@eip/lake'
import { describe, expect, it } from 'vitest'
import { readAmazonReview, reviewColumns, withoutReviewer } from './amazon-review.ts'

const read = (row: object | string) =>
  readAmazonReview(typeof row === 'string' ? row : JSON.stringify(row), 7, 'the hash')
const cellsOf = (row: object | string): Record<string, CellValue | undefined> => {
  const staged = read(row)
  if (staged.outcome === 'rejected') throw new Error(staged.reason)
  return Object.fromEntries(Object.keys(reviewColumns).map((column, index) => [column, staged.cells[index]]))
}
const wordsOf = (reviewText: unknown) => cellsOf({ asin: 'a', overall: 5, reviewText }).words

describe('a review', () => {
  it('of 2014 is read from a Python literal', () => {
    const line = `{'reviewerID': 'R1', 'asin': 'B1', 'reviewerName': 'Ann "The Reader"', 'helpful': [3, 4], 'reviewText': "It's good.", 'overall': 5.0, 'summary': 'Good', 'unixReviewTime': 1252800000, 'reviewTime': '09 13, 2009'}`
    expect(cellsOf(line)).toEqual({
      line: 7,
      product_id: 'B1',
      rating: 5,
      helpful_votes: 3,
      written_at: 1_252_800_000,
      characters: 10,
      words: "It's good.",
      file_hash: 'the hash',
    })
  })

  it('of 2018 is read with its votes as text', () => {
    const row = { asin: 'B1', overall: 4, reviewerName: 'Ann', vote: '1,234', reviewText: 'Fine', unixReviewTime: 15 }
    expect(cellsOf(row)).toMatchObject({ rating: 4, helpful_votes: 1_234, written_at: 15, words: 'Fine' })
  })

  it('of 2023 is read under the parent product, its time in milliseconds', () => {
    const row = { rating: 3, title: 'Meh', text: 'So so', asin: 'B1-red', parent_asin: 'B1', user_id: 'U1' }
    expect(cellsOf({ ...row, timestamp: 1_634_275_259_292, helpful_vote: 6 })).toMatchObject({
      product_id: 'B1',
      rating: 3,
      helpful_votes: 6,
      written_at: 1_634_275_259,
      words: 'So so',
    })
  })

  it('without votes, time or words counts for its rating', () => {
    for (const reviewText of [undefined, null, '', ' \n', 5])
      expect(cellsOf({ asin: 'a', overall: 2, reviewText, vote: 'many', unixReviewTime: -1 })).toMatchObject({
        helpful_votes: 0,
        written_at: null,
        characters: 0,
        words: null,
      })
  })

  it('becomes plain text on one line', () => {
    expect(wordsOf('Great <b>gift</b>!<br />\n\nSalt &amp; pepper\u0000 &lt;3')).toBe('Great gift! Salt & pepper <3')
    expect(wordsOf('[[VIDEOID:e818]]Better than [[ASIN:B001 The other kettle]], I think')).toBe('Better than , I think')
    expect(wordsOf('broken \ud83d end')).toBe('broken \ufffd end')
  })

  it('is cut at a word after 500 characters, and known to be longer', () => {
    const cells = cellsOf({ asin: 'a', overall: 5, reviewText: 'very good '.repeat(100) })
    expect(cells).toMatchObject({ words: 'very good '.repeat(50).trim(), characters: 999 })
  })

  it('is set aside without product or rating, and nothing of it is quoted', () => {
    const person = { reviewerName: 'Ann', reviewerID: 'R1', user_id: 'R1', reviewText: 'Ann was here' }
    const lines = [
      JSON.stringify({ ...person, overall: 5 }),
      JSON.stringify({ ...person, asin: 'a', overall: 9 }),
      '{"reviewerName": Ann}',
      '["Ann"]',
    ]
    const staged = lines.map(read)
    expect(staged.map((line) => line.outcome === 'rejected' && line.field)).toEqual(['asin', 'rating', 'row', 'row'])
    expect(JSON.stringify(staged)).not.toMatch(/Ann|R1/)
    expect(lines.map(withoutReviewer)).toEqual(['{"overall":5}', '{"asin":"a","overall":9}', '{}', '{}'])
  })
})
