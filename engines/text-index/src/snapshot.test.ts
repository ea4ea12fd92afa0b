import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { isFailure, seededRandom } from '@eip/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProduct, makeProducts, SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, createIndexWriter, type IndexWriter, openIndexSnapshot } from './index.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'text-index-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function openShop(): IndexWriter {
  const writer = createIndexWriter(SHOP_SCHEMA, { flushDocuments: 400 })
  for (const product of makeProducts(1000)) writer.add(product)
  writer.commit()
  for (const { id } of makeProducts(100)) writer.delete(id)
  writer.commit()
  return writer
}

const CLAUSES = [{ terms: [{ term: 'w0' }, { term: 'w1' }, { term: 'w2' }] }]

function everything(writer: IndexWriter) {
  const reader = createIndexReader(SHOP_SCHEMA)
  reader.apply(writer.publication())
  const { refs, scores, facets, total, ids } = reader.search({
    clauses: CLAUSES,
    limit: 2000,
    facets: [
      { kind: 'keyword', column: 'brand', limit: 1000 },
      { kind: 'tag', set: 'attribute', limit: 1000 },
      { kind: 'statistics', column: 'stock' },
    ],
  })
  const stored = Array.from(refs, (ref) => reader.stored(ref).toString())
  return { ids: ids(), scores, facets, total, stored, statistics: reader.statistics() }
}

const failureOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (isFailure(error)) return error
    throw error
  }
  throw new Error('nothing failed')
}

const files = () => readdirSync(directory).sort()

test('what was committed is read back whole, with what the caller added, and can be carried on', () => {
  const writer = openShop()
  writer.updateColumns([...makeProducts(200)].at(-1)!.id, { numbers: { stock: 5 }, keywords: { brand: 'Brand 1' } })
  writer.commit()
  writer.writeSnapshot(directory, { offsets: { 'catalog.product-changed': 17 } })
  const opened = openIndexSnapshot(SHOP_SCHEMA, directory)!
  expect(opened.extra).toEqual({ offsets: { 'catalog.product-changed': 17 } })
  expect(everything(opened.writer)).toEqual(everything(writer))
  for (const each of [writer, opened.writer]) {
    for (let at = 0; at < 50; at++) each.add(makeProduct(seededRandom(at), `new ${at}`, at))
    each.delete([...makeProducts(300)].at(-1)!.id)
    each.mergeAll()
    each.commit()
  }
  expect(everything(opened.writer)).toEqual(everything(writer))
})

test('there is no snapshot in an empty directory, or in one that is not there', () => {
  expect(openIndexSnapshot(SHOP_SCHEMA, directory)).toBeNull()
  expect(openIndexSnapshot(SHOP_SCHEMA, join(directory, 'nowhere'))).toBeNull()
})

test('a snapshot is of the moment it was started, whatever changes while it is written', () => {
  const writer = openShop()
  const before = everything(writer)
  const task = writer.startSnapshot(directory, null)
  let slices = 0
  while (task.run(0)) {
    const id = [...makeProducts(200 + slices)].at(-1)!.id
    writer.updateColumns(id, { numbers: { stock: 100 } })
    writer.delete(id)
    writer.commit()
    slices++
  }
  expect(slices).toBeGreaterThan(3)
  expect(everything(openIndexSnapshot(SHOP_SCHEMA, directory)!.writer)).toEqual(before)
})

test('segments that did not change are not written again, and what nobody names is removed', () => {
  const writer = openShop()
  writer.writeSnapshot(directory, 1)
  const before = files()
  const inodes = () => new Map(files().map((file) => [file, statSync(join(directory, file)).ino]))
  const segmentsBefore = [...inodes()].filter(([file]) => file.startsWith('segment'))
  writeFileSync(join(directory, 'segment-of-a-crash.bin.partial'), 'x')
  writeFileSync(join(directory, 'README'), 'not ours')
  writer.add(makeProduct(seededRandom(1), 'new'))
  writer.commit()
  writer.writeSnapshot(directory, 2)
  expect([...inodes()]).toEqual(expect.arrayContaining(segmentsBefore))
  expect(files().filter((file) => file.startsWith('state'))).toHaveLength(1)
  expect(files()).toHaveLength(before.length + 2)
  writer.mergeAll()
  writer.commit()
  writer.writeSnapshot(directory, 3)
  expect(files().filter((file) => file.startsWith('segment'))).toHaveLength(1)
  expect(openIndexSnapshot(SHOP_SCHEMA, directory)!.extra).toBe(3)
})

test('every file that is cut short, changed or missing is refused by its name', () => {
  openShop().writeSnapshot(directory, null)
  for (const file of files()) {
    const path = join(directory, file)
    const whole = readFileSync(path)
    const isRefused = () => {
      const failure = failureOf(() => openIndexSnapshot(SHOP_SCHEMA, directory))
      expect(failure.code).toBe('text-index.snapshot-corrupt')
      expect(failure.message).toContain(file)
    }
    for (const at of [9, Math.floor(whole.length / 2), whole.length - 3]) {
      const flipped = Buffer.from(whole)
      flipped[at]! ^= 4
      writeFileSync(path, flipped)
      isRefused()
    }
    truncateSync(path, whole.length - 2)
    isRefused()
    if (file !== 'manifest.json') {
      rmSync(path)
      isRefused()
    }
    writeFileSync(path, whole)
  }
  expect(openIndexSnapshot(SHOP_SCHEMA, directory)).not.toBeNull()
})

test('a snapshot that stopped at any point leaves the one before it', () => {
  const writer = openShop()
  writer.writeSnapshot(directory, 'first')
  const first = everything(writer)
  writer.add(makeProduct(seededRandom(1), 'new'))
  writer.mergeAll()
  writer.commit()
  for (let stop = 0; ; stop++) {
    const task = writer.startSnapshot(directory, 'second')
    let isGoingOn = true
    for (let step = 0; step < stop && isGoingOn; step++) isGoingOn = task.run(0)
    const opened = openIndexSnapshot(SHOP_SCHEMA, directory)!
    if (!isGoingOn) {
      expect(opened.extra).toBe('second')
      expect(everything(opened.writer)).toEqual(everything(writer))
      break
    }
    expect(opened.extra).toBe('first')
    if (stop % 10 === 0) expect(everything(opened.writer)).toEqual(first)
  }
})

test('a snapshot of a newer version is refused, and so is one of another schema', () => {
  openShop().writeSnapshot(directory, null)
  const other = { ...SHOP_SCHEMA, k1: 2 }
  expect(failureOf(() => openIndexSnapshot(other, directory)).code).toBe('text-index.schema-mismatch')
  const path = join(directory, 'manifest.json')
  const { content } = JSON.parse(readFileSync(path, 'utf8')) as { content: object }
  const newer = { ...content, format: 2 }
  writeFileSync(path, JSON.stringify({ crc32: crc32(JSON.stringify(newer)), content: newer }))
  expect(failureOf(() => openIndexSnapshot(SHOP_SCHEMA, directory)).code).toBe('text-index.snapshot-newer')
})

test('changes that no commit has published are not left out silently', () => {
  const writer = openShop()
  writer.add(makeProduct(seededRandom(1), 'new'))
  expect(failureOf(() => writer.writeSnapshot(directory, null)).code).toBe('text-index.uncommitted')
})

test('another index can take over the directory', () => {
  openShop().writeSnapshot(directory, 'first')
  const writer = openShop()
  writer.mergeAll()
  writer.commit()
  writer.writeSnapshot(directory, 'second')
  const opened = openIndexSnapshot(SHOP_SCHEMA, directory)!
  expect(opened.extra).toBe('second')
  expect(everything(opened.writer)).toEqual(everything(writer))
  expect(files()).toHaveLength(3)
})
