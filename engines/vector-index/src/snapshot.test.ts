import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { isFailure, seededRandom } from '@eip/kernel'
import { temporaryDirectory } from '@eip/testkit'
import { expect, it } from 'vitest'
import { finish, ranked, readerOf } from './brute-force.fixture.ts'
import { uniformVectors } from './generated-vectors.fixture.ts'
import { createVectorIndexWriter, openVectorSnapshot, startVectorSnapshot, type VectorIndexWriter } from './index.ts'

const DIMENSIONS = 16
const vectors = uniformVectors(4000, DIMENSIONS)

function filled(count = 1500): VectorIndexWriter {
  const writer = createVectorIndexWriter({ dimensions: DIMENSIONS, connections: 8, construction: 32 })
  for (let at = 0; at < count; at++) writer.set(`p${at}`, vectors.at(at))
  finish(writer)
  for (let at = 0; at < 100; at++) writer.remove(`p${at}`)
  for (let at = 100; at < 150; at++) writer.set(`p${at}`, vectors.at(at + 1000))
  return writer
}

const save = (directory: string, writer: VectorIndexWriter) => {
  const task = startVectorSnapshot(directory, writer)
  while (task.run(1_000));
}

/** Every vector by its id, as the writer holds it. */
function everything(writer: VectorIndexWriter) {
  const reader = readerOf(writer, DIMENSIONS)
  const ids = Array.from({ length: reader.slots }, (_, slot) => reader.idOf(slot)).filter((id) => reader.find(id) >= 0)
  return { size: reader.size, ranked: ranked(reader, new Set(ids), vectors.at(3999)) }
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

it('is read back whole, published, and can be carried on', () => {
  using directory = temporaryDirectory()
  const writer = filled()
  save(directory.path, writer)
  const opened = openVectorSnapshot(directory.path)!
  expect(opened.publication().size).toBe(1400)
  expect(everything(opened)).toEqual(everything(writer))
  expect(opened.statistics()).toMatchObject({ vectors: 1400, removed: 150, unlinked: 50 })
  for (const each of [writer, opened]) {
    for (let at = 0; at < 900; at++) each.set(`n${at}`, vectors.at(2000 + at))
    for (let at = 600; at < 1200; at++) each.remove(`p${at}`)
    finish(each)
  }
  expect(everything(opened)).toEqual(everything(writer))
  expect(opened.statistics()).toMatchObject({ vectors: 1700, removed: 0, unlinked: 0 })
})

it('is none in an empty directory, or in one that is not there', () => {
  using directory = temporaryDirectory()
  expect(openVectorSnapshot(directory.path)).toBeNull()
  expect(openVectorSnapshot(join(directory.path, 'nowhere'))).toBeNull()
})

it('of an empty index is an empty index', () => {
  using directory = temporaryDirectory()
  save(directory.path, createVectorIndexWriter({ dimensions: DIMENSIONS, precision: 'i8' }))
  expect(openVectorSnapshot(directory.path)?.size).toBe(0)
})

it('is of the moment it was started, whatever changes while it is written', () => {
  using directory = temporaryDirectory()
  const writer = filled()
  const before = everything(writer)
  const { integer } = seededRandom(4)
  const task = startVectorSnapshot(directory.path, writer)
  do {
    for (let at = 0; at < 300; at++) {
      writer.set(`p${integer(2000)}`, vectors.at(integer(4000)))
      writer.remove(`p${integer(2000)}`)
    }
    // Sooner or later this takes a new generation into use.
    writer.work(20)
    writer.commit()
  } while (task.run(0))
  finish(writer)
  expect(everything(openVectorSnapshot(directory.path)!)).toEqual(before)
  expect(everything(writer)).not.toEqual(before)
  save(directory.path, writer)
  expect(everything(openVectorSnapshot(directory.path)!)).toEqual(everything(writer))
})

it('refuses every file that is cut short, changed, missing or another’s, by its name', () => {
  using directory = temporaryDirectory()
  save(directory.path, filled())
  const files = readdirSync(directory.path)
  expect(files).toHaveLength(5)
  for (const file of files) {
    const path = join(directory.path, file)
    const whole = readFileSync(path)
    const isRefused = () => {
      const failure = failureOf(() => openVectorSnapshot(directory.path))
      expect(failure.code).toBe('vector-index.snapshot-damaged')
      expect(failure.message).toContain(file)
    }
    for (const at of [9, Math.floor(whole.length / 2), whole.length - 3]) {
      const flipped = Buffer.from(whole)
      flipped[at]! ^= 4
      writeFileSync(path, flipped)
      isRefused()
    }
    writeFileSync(path, Buffer.alloc(whole.length))
    isRefused()
    truncateSync(path, whole.length - 2)
    isRefused()
    if (file !== 'manifest.json') {
      rmSync(path)
      isRefused()
    }
    writeFileSync(path, whole)
  }
  expect(openVectorSnapshot(directory.path)).not.toBeNull()
})

it('that stopped at any point leaves the one before it', () => {
  using directory = temporaryDirectory()
  const writer = filled()
  save(directory.path, writer)
  const first = everything(writer)
  for (let at = 0; at < 300; at++) writer.set(`n${at}`, vectors.at(at))
  for (let stop = 0; ; stop++) {
    const task = startVectorSnapshot(directory.path, writer)
    let isGoingOn = true
    for (let step = 0; step < stop && isGoingOn; step++) isGoingOn = task.run(0)
    const opened = openVectorSnapshot(directory.path)!
    if (!isGoingOn) {
      expect(everything(opened)).toEqual(everything(writer))
      break
    }
    expect(everything(opened)).toEqual(first)
  }
})

it('leaves nothing behind that it does not name, and nothing alone that is not its own', () => {
  using directory = temporaryDirectory()
  const writer = filled()
  save(directory.path, writer)
  writeFileSync(join(directory.path, 'exact-0123456789ab-0-1.bin.partial'), 'x')
  writeFileSync(join(directory.path, 'notes.txt'), 'x')
  writer.set('new', vectors.at(0))
  save(directory.path, writer)
  expect(readdirSync(directory.path)).toHaveLength(6)
})

it('of a newer version is refused', () => {
  using directory = temporaryDirectory()
  save(directory.path, filled())
  const path = join(directory.path, 'manifest.json')
  const { content } = JSON.parse(readFileSync(path, 'utf8')) as { content: object }
  const newer = { ...content, format: 2 }
  writeFileSync(path, JSON.stringify({ crc32: crc32(JSON.stringify(newer)), content: newer }))
  expect(failureOf(() => openVectorSnapshot(directory.path)).code).toBe('vector-index.snapshot-newer')
})
