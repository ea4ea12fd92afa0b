import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Product } from '@eip/contracts'
import { isFailure } from '@eip/kernel'
import { type Lake, type LakeRow, openLake } from '@eip/lake'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  hashOfFile,
  type ImportProgress,
  importProducts,
  type LoadBatch,
  loadProducts,
  parseFieldMapping,
  rejectedRows,
} from './index.ts'

/** A catalogue in memory with the answers of the real one. */
function memoryCatalogue() {
  const products = new Map<string, string>()
  const batches: number[] = []
  const load: LoadBatch = async (batch) => {
    batches.push(batch.length)
    const outcome = { created: 0, updated: 0, unchanged: 0, rejected: [] }
    for (const product of batch) {
      const text = JSON.stringify(product)
      const before = products.get(product.id)
      if (before === undefined) outcome.created++
      else if (before === text) outcome.unchanged++
      else outcome.updated++
      products.set(product.id, text)
    }
    return outcome
  }
  const get = (id: string) => JSON.parse(products.get(id) ?? 'null') as Product | null
  return { products, batches, load, get }
}

const kettle = (id: string | number, title = `Kettle ${id}`) => JSON.stringify({ id, title })

describe('importing products', () => {
  let directory: string
  let lake: Lake
  let catalogue: ReturnType<typeof memoryCatalogue>
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'products-'))
    lake = await openLake(join(directory, 'lake'), { memoryLimitMb: 128 })
    catalogue = memoryCatalogue()
  })
  afterEach(async () => {
    await lake.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const fileOf = (content: string | Buffer, name = 'products.jsonl') => {
    const file = join(directory, name)
    writeFileSync(file, content)
    return file
  }
  const rowsInLake = async () => {
    for await (const [row] of lake.query(`SELECT count(*)::INTEGER AS n FROM ${lake.source('products')}`)) return row?.n
  }
  const rejectedIn = (file: string | null) =>
    file === null
      ? []
      : readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as { line: number; reason: string; field: string; text: string })

  it('counts every row once: kept, set aside or replaced by a later one', async () => {
    const file = fileOf(
      `\ufeff${kettle('a')}\r\n${kettle('b')}\n\n{"id":"c"}\n{broken\n${kettle('a', 'Newer kettle')}\n   \n${kettle(7)}`,
    )
    const summary = await importProducts({ file, lake, load: catalogue.load })
    expect(summary).toMatchObject({
      read: 6,
      kept: 3,
      setAside: 2,
      duplicates: 1,
      created: 3,
      updated: 0,
      unchanged: 0,
      fault: null,
    })
    expect(catalogue.get('a')?.title).toBe('Newer kettle')
    expect(rejectedIn(summary.rejectedFile)).toMatchObject([
      { line: 4, field: 'title', reason: expect.stringMatching(/^line 4: title is missing\. Write title as text/) },
      { line: 5, field: 'row', reason: expect.stringMatching(/^line 5: the line is not JSON/), text: '{broken' },
    ])
  })

  it('changes nothing when the same file comes twice, and the lake does not grow', async () => {
    const file = fileOf(`${kettle('a')}\n${kettle('b')}\n`)
    const noon = { now: () => Date.parse('2026-03-01T12:00:00Z') }
    const first = await importProducts({ file, lake, load: catalogue.load, clock: noon })
    const again = await importProducts({ file, lake, load: catalogue.load })
    expect(again).toMatchObject({ read: 2, kept: 2, created: 0, updated: 0, unchanged: 2, part: first.part })
    expect(await rowsInLake()).toBe(2)
    expect(await lake.parts('products')).toMatchObject([{ recordedOn: '2026-03-01' }])
  })

  it('keeps the line as it was received beside the product made of it', async () => {
    const line = '{ "id": "a",  "title": "Kettle &amp; co" }'
    await importProducts({ file: fileOf(`${line}\n`), lake, load: catalogue.load })
    for await (const [row] of lake.query(`SELECT * FROM ${lake.source('products')}`))
      expect(row).toMatchObject({
        line: 1,
        id: 'a',
        received: line,
        file_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
    expect(catalogue.get('a')?.title).toBe('Kettle & co')
  })

  it('reads gzip by its content, whatever the name', async () => {
    const file = fileOf(gzipSync(`${kettle('a')}\n${kettle('b')}\n`), 'products.txt')
    expect(await importProducts({ file, lake, load: catalogue.load })).toMatchObject({ read: 2, created: 2 })
  })

  it('takes the whole lines of a gzip that was cut off, and reports the break with its line', async () => {
    const noise = (index: number) =>
      Array.from({ length: 40 }, (_, k) => ((index + 1) * (k + 7) * 7919) % 9973).join('')
    const lines = Array.from({ length: 3_000 }, (_, index) => kettle(index, `Kettle ${noise(index)}`)).join('\n')
    const whole = gzipSync(lines)
    const file = fileOf(whole.subarray(0, Math.floor(whole.length / 2)), 'cut.jsonl.gz')
    const summary = await importProducts({ file, lake, load: catalogue.load })
    expect(summary.read).toBeGreaterThan(1_000)
    expect(summary.read).toBeLessThan(2_000)
    expect(summary).toMatchObject({ kept: summary.read, setAside: 0, created: summary.read })
    expect(summary.fault).toEqual({ line: summary.read + 1, reason: expect.stringMatching(/cut off/) })
  })

  it('takes the rows before a damaged place of a gzip', async () => {
    const noise = (index: number) =>
      Array.from({ length: 40 }, (_, k) => ((index + 1) * (k + 7) * 7919) % 9973).join('')
    const whole = gzipSync(Array.from({ length: 6_000 }, (_, index) => kettle(index, noise(index))).join('\n'))
    whole.fill(0xff, Math.floor(whole.length * 0.9), Math.floor(whole.length * 0.9) + 64)
    const summary = await importProducts({ file: fileOf(whole), lake, load: catalogue.load })
    expect(summary.fault?.reason).toMatch(/cannot be read further/)
    expect(summary.kept).toBeGreaterThan(0)
  })

  it('rejects lines that are too long or not UTF-8, and goes on', async () => {
    const file = fileOf(
      Buffer.concat([
        Buffer.from(`{"id":"long","title":"${'x'.repeat(5 * 2 ** 20)}"}\n`),
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
        Buffer.from(kettle('a')),
      ]),
    )
    const summary = await importProducts({ file, lake, load: catalogue.load })
    expect(summary).toMatchObject({ read: 3, kept: 1, setAside: 2 })
    const rejected = rejectedIn(summary.rejectedFile)
    expect(rejected.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^line 1: the line is too long/),
      expect.stringMatching(/^line 2: the line is not valid UTF-8/),
    ])
    expect(rejected[0]?.text).toHaveLength(1_000)
  })

  it('loads in batches of at most a thousand', async () => {
    const file = fileOf(Array.from({ length: 2_500 }, (_, index) => kettle(index)).join('\n'))
    await importProducts({ file, lake, load: catalogue.load })
    expect(catalogue.batches.reduce((sum, size) => sum + size)).toBe(2_500)
    expect(Math.max(...catalogue.batches)).toBe(1_000)
  })

  it('counts what completes a product among the characters of a batch', async () => {
    const row = `'{"id":"' || n || '","title":"Kettle"}' AS product, repeat('x', 1500000) AS words`
    const query = `SELECT n::INTEGER AS line, ${row} FROM range(5) AS rows(n)`
    const complete = (product: Product, { words }: LakeRow) => ({ ...product, description: words as string })
    const rejected = rejectedRows(join(directory, 'rejected.jsonl'))
    await loadProducts({ lake, queries: [query], rowsTotal: 5, complete, load: catalogue.load, rejected })
    expect(catalogue.batches).toEqual([2, 2, 1])
    expect(catalogue.get('4')?.description).toHaveLength(1_500_000)
  })

  it('sets aside what the catalogue refuses, with the line', async () => {
    const refuse: LoadBatch = async (batch) => ({
      created: batch.length - 1,
      updated: 0,
      unchanged: 0,
      rejected: [{ index: 1, id: batch[1]?.id ?? null, field: 'title', reason: 'title is not wanted here' }],
    })
    const summary = await importProducts({ file: fileOf(`${kettle('a')}\n${kettle('b')}\n`), lake, load: refuse })
    expect(summary).toMatchObject({ read: 2, kept: 1, setAside: 1, created: 1 })
    expect(rejectedIn(summary.rejectedFile)).toMatchObject([{ line: 2, reason: 'line 2: title is not wanted here' }])
  })

  it('maps fields, and another mapping of the same file is a part of its own', async () => {
    const file = fileOf('{"sku":1,"name":"Kettle"}\n')
    const mapping = parseFieldMapping(['id=sku', 'title=name'])
    const mapped = await importProducts({ file, mapping, lake, load: catalogue.load })
    const plain = await importProducts({ file, lake, load: catalogue.load })
    expect(mapped).toMatchObject({ kept: 1, rejectedFile: null })
    expect(plain).toMatchObject({ kept: 0, setAside: 1 })
    expect(plain.part).not.toBe(mapped.part)
  })

  it('says how far it is', async () => {
    const seen: ImportProgress[] = []
    const file = fileOf(`${kettle('a')}\n`)
    await importProducts({ file, lake, load: catalogue.load, onProgress: (progress) => seen.push(progress) })
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['hashing', 'reading', 'loading']))
    expect(seen.at(-1)).toEqual({ phase: 'loading', rows: 1, rowsTotal: 1 })
  })

  it('takes an empty file for what it is', async () => {
    expect(await importProducts({ file: fileOf(''), lake, load: catalogue.load })).toMatchObject({ read: 0, kept: 0 })
  })

  it('leaves nothing behind when it is stopped', async () => {
    const file = fileOf(`${kettle('a')}\n{broken\n`)
    const controller = new AbortController()
    const stopped = importProducts({
      file,
      lake,
      load: catalogue.load,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('stopped')),
    })
    await expect(stopped).rejects.toThrow('stopped')
    expect(await lake.parts('products')).toEqual([])
    expect(catalogue.products.size).toBe(0)
  })

  it('refuses files that are not there', async () => {
    for (const file of [join(directory, 'absent.jsonl'), directory]) {
      const failed = await importProducts({ file, lake, load: catalogue.load }).catch((error: unknown) => error)
      expect(isFailure(failed) && failed.code).toBe('import.no-file')
      await expect(hashOfFile(file)).rejects.toMatchObject({ code: 'import.no-file' })
    }
  })
})
