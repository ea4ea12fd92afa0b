import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { makeProduct, SHOP_SCHEMA } from './generated-corpus.fixture.ts'
import { createIndexReader, createIndexWriter } from './index.ts'

const PRODUCTS = 300
const VERSIONS = 60

test('a reader on another thread sees each commit whole, through replacements, updates and merges', async () => {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const worker = new Worker(new URL('./concurrency-reader.fixture.ts', import.meta.url), {
    workerData: { products: PRODUCTS },
  })
  const random = seededRandom(3)
  const replaceAll = (version: number) => {
    for (let at = 0; at < PRODUCTS; at++) {
      const product = makeProduct(random, `p${at}`, version)
      const tags = { category: [`version ${version}`] }
      writer.add({ ...product, terms: [['every'], [], []], tags })
    }
    worker.postMessage(writer.commit())
  }
  replaceAll(0)
  await once(worker, 'message')
  for (let version = 1; version <= VERSIONS; version++) {
    replaceAll(version)
    for (let at = 0; at < PRODUCTS; at++) writer.updateColumns(`p${at}`, { numbers: { stock: version + at } })
    if (writer.mergeSome(1) === 'ready') worker.postMessage(writer.commit())
    // Lets the other thread in.
    await new Promise((resolve) => setImmediate(resolve))
  }
  worker.postMessage('stop')
  const [report] = (await once(worker, 'message')) as [
    { queries: number; epochs: number; faults: string[]; last: number },
  ]
  await worker.terminate()
  expect(report.faults).toEqual([])
  expect(report.last).toBe(VERSIONS)
  expect(report.queries).toBeGreaterThan(0)
})

test('a column that is updated in place is seen by a reader on the same memory at once', () => {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const reader = createIndexReader(SHOP_SCHEMA)
  writer.add(makeProduct(seededRandom(1), 'p1'))
  // What travels between threads is a structured clone.
  reader.apply(structuredClone(writer.commit()!))
  writer.updateColumns('p1', { numbers: { stock: 41 } })
  expect(reader.number(reader.find('p1')!, 'stock')).toBe(41)
  expect(reader.isStale()).toBe(false)
})

test('says that it is stale from a commit until the commit is applied', () => {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const reader = createIndexReader(SHOP_SCHEMA)
  expect(reader.isStale()).toBe(true)
  writer.add(makeProduct(seededRandom(1), 'p1'))
  reader.apply(writer.commit()!)
  expect(reader.isStale()).toBe(false)
  expect(writer.commit()).toBeNull()
  writer.delete('p1')
  const publication = writer.commit()!
  expect(reader.isStale()).toBe(true)
  reader.apply(publication)
  expect(reader.isStale()).toBe(false)
  expect(reader.statistics()).toMatchObject({ documents: 0, segments: 0 })
})

test('a result can be read after later commits, through its own view', () => {
  const writer = createIndexWriter(SHOP_SCHEMA)
  const reader = createIndexReader(SHOP_SCHEMA)
  const random = seededRandom(1)
  writer.add(makeProduct(random, 'p1', 1))
  reader.apply(writer.commit()!)
  const found = reader.search({ clauses: [], limit: 10 })
  writer.add(makeProduct(random, 'p0', 2))
  writer.add(makeProduct(random, 'p1', 2))
  writer.mergeAll()
  reader.apply(writer.commit()!)
  expect(found.ids()).toEqual(['p1'])
  expect(found.view.stored(found.refs[0]!).toString()).toContain('"version":1')
  expect(reader.search({ clauses: [], limit: 10 }).ids()).toEqual(['p0', 'p1'])
})
