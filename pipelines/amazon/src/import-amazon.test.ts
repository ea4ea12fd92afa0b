import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Product } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import { type Lake, openLake } from '@eip/lake'
import { importProducts, type LoadBatch, parseFieldMapping } from '@eip/pipeline-products'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

  it('keeps nothing of the reviewers in the lake', async () => {
    const meta = fileOf('meta.json', lines({ asin: 'a', title: 'A' }))
    const reviews = fileOf('reviews.json', lines({ asin: 'a', overall: 5, reviewerID: 'R1', reviewerName: 'Ann' }))
    await importAmazon({ meta, reviews, lake, load })
    for await (const [row] of lake.query(`SELECT * FROM ${lake.source('amazon-reviews')}`))
      expect(Object.keys(row ?? {}).sort()).toEqual(
        ['file_hash', 'line', 'part', 'product_id', 'rating', 'recorded_at', 'recorded_on'].sort(),
      )
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
