import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productSchema } from '@eip/contracts'
import { type Lake, type LakeRow, openLake } from '@eip/lake'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reviewColumns } from './amazon-review.ts'
import { productsWithReviews, withReviews } from './reviews-per-product.ts'

type Review = Readonly<{ product: string; rating: number; votes: number; time: number | null; words: string | null }>

const ids = ['a', 'b', 'c', 'd', 'e']
const review: fc.Arbitrary<Review> = fc.record({
  product: fc.constantFrom(...ids, 'unknown'),
  rating: fc.integer({ min: 0, max: 5 }),
  votes: fc.integer({ min: 0, max: 2 }),
  time: fc.option(fc.integer({ min: 0, max: 2 })),
  words: fc.option(fc.stringMatching(/^[xy가]{1,3}$/), { freq: 8 }),
})

/** The law, said without SQL. */
function expectedReviews(reviews: readonly Review[], product: string): string[] {
  const ranked = reviews
    .filter((candidate) => candidate.product === product && candidate.words !== null)
    .map(({ votes, time, words }, line) => ({ votes, time: time ?? -1, words: words as string, line }))
    .sort((a, b) => b.votes - a.votes || b.words.length - a.words.length || b.time - a.time || a.line - b.line)
  return [...new Set(ranked.map(({ words }) => words))].slice(0, 5)
}

describe('reviews of a product', () => {
  let directory: string
  let lake: Lake
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'amazon-reviews-'))
    lake = await openLake(directory, { memoryLimitMb: 128 })
  })
  afterAll(async () => {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  })

  async function sourcesOf(reviews: readonly Review[]) {
    const place = { part: 'p', recordedAt: new Date(0) }
    const columns = { line: 'integer', id: 'text', product: 'text' } as const
    const products = await lake.write({ ...place, dataset: 'products', columns })
    await products.append([[1, 'a', 'replaced by a later row'], ...ids.map((id, index) => [index + 2, id, id])])
    await products.commit()
    const writer = await lake.write({ ...place, dataset: 'reviews', columns: reviewColumns })
    await writer.append(
      reviews.map(({ product, rating, votes, time, words }, line) => [
        line,
        product,
        rating,
        votes,
        time,
        words?.length ?? 0,
        words,
        'hash',
      ]),
    )
    await writer.commit()
    return [lake.source('products'), lake.source('reviews')] as const
  }
  async function answersTo(queries: readonly string[]): Promise<LakeRow[]> {
    const rows: LakeRow[] = []
    for (const query of queries) for await (const found of lake.query(query)) rows.push(...found)
    return rows
  }

  it('are the five most helpful, then the longer, then the newer, each text once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(review, { minLength: 1, maxLength: 80 }), async (reviews) => {
        const [products, source] = await sourcesOf(reviews)
        const rows = await answersTo(productsWithReviews(products, source, reviews.length))
        expect(rows.map((row) => row.product).sort()).toEqual(ids)
        for (const row of rows) {
          const id = row.product as string
          const mine = reviews.filter(({ product }) => product === id)
          const average = mine.reduce((sum, { rating }) => sum + rating, 0) / mine.length
          const { rating, reviews: words } = withReviews(productSchema.parse({ id, title: id }), row)
          expect(words).toEqual(expectedReviews(reviews, id))
          expect(rating).toEqual(mine.length === 0 ? null : { average: expect.closeTo(average, 3), count: mine.length })
        }
      }),
      { numRuns: 15 },
    )
  })

  it('are the same in however many shares they are asked for', async () => {
    const [products, source] = await sourcesOf(
      Array.from({ length: 60 }, (_, n) => ({
        ...{ product: ids[n % 5]!, rating: n % 6, votes: n % 3, time: n },
        words: `Review ${n % 25}`,
      })),
    )
    const inOne = productsWithReviews(products, source, 60)
    const inMany = productsWithReviews(products, source, 3_500_000)
    expect([inOne.length, inMany.length]).toEqual([1, 4])
    const sorted = async (queries: readonly string[]) =>
      (await answersTo(queries)).sort((a, b) => Number(a.line) - Number(b.line))
    expect(await sorted(inMany)).toEqual(await sorted(inOne))
  })

  it('leave a product its own rating where there are none', () => {
    const rating = { average: 3, count: 9 }
    expect(
      withReviews(productSchema.parse({ id: 'a', title: 'A', rating }), { average: null, number: null }),
    ).toMatchObject({
      rating,
      reviews: [],
    })
  })
})
