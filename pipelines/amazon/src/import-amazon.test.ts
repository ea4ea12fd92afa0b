import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Product } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import { type Lake, openLake } from '@eip/lake'
import { hashOfFile, importProducts, type LoadBatch, parseFieldMapping, partName } from '@eip/pipeline-products'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reviewColumns } from './amazon-review.ts'
import { importAmazon } from './index.ts'

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const lines = (...rows: readonly object[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`

describe('importing Amazon files', () => {
  let directory: string
  let lake: Lake
  let products: Map<string, Product>
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'amazon-'))
    lake = await openLake(join(directory, 'lake'), { memoryLimitMb: 128 })
    products = new Map()
  })
  afterEach(async () => {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const load: LoadBatch = async (batch) => {
    const outcome = { created: 0, updated: 0, unchanged: 0, rejected: [] }
    for (const product of batch) {
      const before = JSON.stringify(products.get(product.id))
      if (before === undefined) outcome.created++
      else if (before === JSON.stringify(product)) outcome.unchanged++
      else outcome.updated++
      products.set(product.id, product)
    }
    return outcome
  }
  const fileOf = (name: string, content: string | Buffer) => {
    const file = join(directory, name)
    writeFileSync(file, content)
    return file
  }

  it('turns reviews of all three shapes into average and count', async () => {
    const meta = fileOf(
      'meta.json',
      lines(
        { asin: 'a', title: 'A' },
        { asin: 'b', title: 'B' },
        { parent_asin: 'c', title: 'C', average_rating: 3, rating_number: 9 },
      ),
    )
    const reviews = fileOf(
      'reviews.json.gz',
      gzipSync(
        lines(
          { asin: 'a', overall: 5, reviewerID: 'R1', reviewText: 'good' },
          { asin: 'a', overall: 4, reviewerID: 'R2' },
          { parent_asin: 'a', asin: 'a-red', rating: 4, user_id: 'R3' },
          { asin: 'unknown', overall: 1 },
          { asin: 'b', overall: 9 },
          { overall: 3 },
        ),
      ),
    )
    const summary = await importAmazon({ meta, reviews, lake, load })
    expect(summary).toMatchObject({ read: 3, kept: 3, created: 3, reviews: { read: 6, kept: 4, setAside: 2 } })
    expect(products.get('a')?.rating).toEqual({ average: 4.3333, count: 3 })
    expect(products.get('b')?.rating).toBeNull()
    expect(products.get('c')?.rating).toEqual({ average: 3, count: 9 })
    expect(await importAmazon({ meta, reviews, lake, load })).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
  })

  it('brings the words of the most helpful reviews, and takes them away with the ratings', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }, { asin: 'b', title: 'B' }))
    const of = (reviewText: string, more: object = {}) => ({ asin: 'a', overall: 5, reviewText, ...more })
    const reviews = fileOf(
      'reviews.json',
      lines(
        of('Good'),
        of('Very good', { unixReviewTime: 10 }),
        of('Good card', { unixReviewTime: 20 }),
        of('Helped many', { vote: '1,002' }),
        of('Helped two', { helpful: [2, 9] }),
        of('Good'),
        { parent_asin: 'a', rating: 1, text: 'Helped some', helpful_vote: 40 },
        of(''),
      ),
    )
    await importAmazon({ meta, reviews, lake, load })
    expect(products.get('a')?.reviews).toEqual(['Helped many', 'Helped some', 'Helped two', 'Good card', 'Very good'])
    expect(products.get('a')?.rating?.count).toBe(8)
    expect(products.get('b')?.reviews).toEqual([])
    expect(await importAmazon({ meta, reviews, lake, load })).toMatchObject({ updated: 0, unchanged: 2 })
    expect(await importAmazon({ meta, lake, load })).toMatchObject({ updated: 1, unchanged: 1 })
    expect(products.get('a')).toMatchObject({ rating: null, reviews: [] })
  })

  it('keeps no name and no id of a reviewer, in the lake or among the rejected rows', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }))
    const ann = { reviewerID: 'R1', reviewerName: 'Ann', user_id: 'R1', reviewText: 'Good' }
    const broken = `{"reviewerName": Ann}\n`
    const reviews = fileOf('reviews.json', lines({ asin: 'a', overall: 5, ...ann }, { overall: 5, ...ann }) + broken)
    const { reviews: summary } = await importAmazon({ meta, reviews, lake, load })
    for await (const [row] of lake.query(`SELECT * FROM ${lake.source('amazon-reviews')}`)) {
      const places = ['part', 'recorded_at', 'recorded_on']
      expect(Object.keys(row ?? {}).sort()).toEqual([...Object.keys(reviewColumns), ...places].sort())
      expect(row).toMatchObject({ words: 'Good' })
      expect(JSON.stringify(row)).not.toMatch(/Ann|R1/)
    }
    const rejected = readFileSync(summary?.rejectedFile ?? '', 'utf8')
    expect(rejected.trimEnd().split('\n')).toHaveLength(2)
    expect(rejected).not.toMatch(/Ann|R1/)
  })

  it('replaces reviews that the lake kept without words', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }))
    const reviews = fileOf('reviews.json', lines({ asin: 'a', overall: 5, reviewText: 'Good' }))
    const before = await lake.write({
      dataset: 'amazon-reviews',
      part: partName(await hashOfFile(reviews), 'ratings'),
      recordedAt: new Date('2026-01-01T00:00:00Z'),
      columns: { line: 'integer', product_id: 'text', rating: 'double', file_hash: 'text' },
    })
    await before.append([[1, 'a', 5, 'hash']])
    await before.commit()
    await importAmazon({ meta, reviews, lake, load })
    expect(products.get('a')).toMatchObject({ rating: { average: 5, count: 1 }, reviews: ['Good'] })
    expect(await lake.parts('amazon-reviews')).toMatchObject([{ recordedOn: '2026-01-01' }])
  })

  it('counts duplicates, rows set aside and repairs', async () => {
    const meta = fileOf(
      'meta.json',
      `${lines({ asin: 'a', title: 'Old' }, { asin: 'a', title: 'New', price: '.a-box{}' }, { asin: 'x', title: '' })}{broken\n`,
    )
    const summary = await importAmazon({ meta, lake, load })
    expect(summary).toMatchObject({
      read: 4,
      kept: 1,
      duplicates: 1,
      setAside: 2,
      repaired: { 'price that is not a number left out': 1 },
      reviews: null,
    })
    expect(products.get('a')).toMatchObject({ title: 'New', price: null })
  })

  it('reports a cut-off file of either kind and keeps what stood before', async () => {
    const whole = gzipSync(lines({ asin: 'a', title: 'A' }))
    const cut = fileOf('cut.json.gz', whole.subarray(0, whole.length - 4))
    expect(await importAmazon({ meta: cut, lake, load })).toMatchObject({ kept: 1, fault: { line: 2 } })
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }))
    const reviews = gzipSync(lines({ asin: 'a', overall: 5 }))
    const summary = await importAmazon({
      meta,
      reviews: fileOf('cut.reviews.gz', reviews.subarray(0, reviews.length - 4)),
      lake,
      load,
    })
    expect(summary.fault?.reason).toMatch(/^reviews: .*cut off/)
    expect(products.get('a')?.rating).toEqual({ average: 5, count: 1 })
  })

  it('takes currency and language as told, and puts rejected rows where asked', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A', price: 5 }, { asin: 'b' }))
    const reviews = fileOf('reviews.json', lines({ asin: 'a' }))
    const rejectedFile = join(directory, 'bad.jsonl')
    const summary = await importAmazon({ meta, reviews, lake, load, rejectedFile, currency: 'JPY', language: 'ja' })
    expect(products.get('a')).toMatchObject({ price: { amount: 5, currency: 'JPY' }, language: 'ja' })
    expect(summary).toMatchObject({
      rejectedFile,
      reviews: { rejectedFile: join(directory, 'bad.reviews.jsonl') },
    })
    expect(readFileSync(rejectedFile, 'utf8')).toMatch(/^\{"line":2,"reason":"line 2: title is missing/)
  })

  it('looks for both files before it starts', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }))
    const failed = await importAmazon({ meta, reviews: join(directory, 'no'), lake, load }).catch((error) => error)
    expect(isFailure(failed) && failed.code).toBe('import.no-file')
    expect(await lake.parts('amazon-products')).toEqual([])
  })

  const cards = join(data, 'amazon2018-giftcards')
  it.skipIf(!existsSync(cards))('takes the real gift cards and their reviews (needs ../shared/data)', async () => {
    const meta = join(cards, 'meta_Gift_Cards.json.gz')
    const reviews = join(cards, 'Gift_Cards_5.json.gz')
    const summary = await importAmazon({ meta, reviews, lake, load })
    expect(summary).toMatchObject({
      read: 1_547,
      kept: 1_547,
      setAside: 0,
      duplicates: 0,
      created: 1_547,
      repaired: { 'price that is not a number left out': 4, 'category named twice in a row': 1_514 },
      reviews: { read: 2_972, kept: 2_972, setAside: 0 },
    })
    const all = [...products.values()]
    expect(all.filter(({ rating }) => rating !== null)).toHaveLength(148)
    expect(all.reduce((sum, { rating }) => sum + (rating?.count ?? 0), 0)).toBe(2_972)
    const told = all.filter((product) => product.reviews.length > 0)
    expect(told).toHaveLength(148)
    expect(told.filter((product) => product.reviews.length === 5)).toHaveLength(147)
    expect(Math.max(...told.flatMap((product) => product.reviews.map((text) => text.length)))).toBeLessThanOrEqual(500)
    expect(all.filter(({ price }) => price !== null)).toHaveLength(358)
    expect(new Set(all.map(({ categoryPath }) => categoryPath.join(' > ')))).toEqual(
      new Set(['Gift Cards', 'Gift Cards > Gift Card Accessories']),
    )
  })

  const scientific = join(data, 'amazon-scientific-full', 'items.jsonl.gz')
  it.skipIf(!existsSync(scientific))(
    'leaves the scientific set to a mapping of our own import (needs ../shared/data)',
    async () => {
      const mapping = parseFieldMapping(['id=item_id', 'category=categories'])
      const defaults = { categorySeparator: ',', language: 'en' }
      const summary = await importProducts({ file: scientific, mapping, defaults, lake, load })
      expect(summary).toMatchObject({ read: 4_344, kept: 4_343, setAside: 1, duplicates: 0 })
      expect(products.get('0')?.categoryPath).toEqual([
        'Industrial & Scientific',
        'Industrial Electrical',
        'Passive Components',
        'Capacitors',
      ])
    },
  )
})
