import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLogFile } from './log-file.ts'
import { logReader } from './log-reader.ts'
import { type AppendCall, logWriter } from './log-writer.ts'
import { streams as openStreams } from './streams.ts'

const callOf = (ids: readonly string[], size = 10): AppendCall => ({
  topic: 'shop.viewed',
  now: 1_000,
  rows: {
    ids,
    keys: ids.map(() => 'one-key'),
    versions: ids.map(() => 1),
    recordedAt: ids.map(() => 1_000),
    bodies: ids.map((id) => JSON.stringify({ id, text: 'x'.repeat(size) })),
  },
})

describe('log writer', () => {
  let folder: string
  let database: DatabaseSync
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-log-'))
    database = openLogFile(join(folder, 'log.sqlite'))
  })
  afterEach(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })

  const opened = () => {
    const streams = openStreams(database, 1)
    streams.open({ name: 'shop.viewed', kind: 'behaviour' })
    return streams
  }
  const everything = { from: [{ topic: 'shop.viewed', partition: 0, offset: 0 }], limit: 1_000, characters: 1e9 }

  test('leaves file and offsets as they were when the disk is full, and goes on when there is room', () => {
    const streams = opened()
    const write = logWriter(database, streams)
    const { read } = logReader(database, streams)
    write([{ append: callOf(['a']) }])
    database.exec('PRAGMA max_page_count = 60')
    const large = Array.from({ length: 100 }, (_, n) => `large-${n}`)
    const settle = { group: 'g', next: [{ topic: 'shop.viewed', partition: 0, offset: 1 }], retried: [], parked: [] }
    const both = [{ append: callOf(['b']) }, { settle }, { append: callOf(large, 10_000) }]
    expect(() => write(both)).toThrow(/full/)
    expect(read(everything)).toMatchObject([{ offsets: [0], next: 1 }])
    database.exec('PRAGMA max_page_count = 4294967294')
    write(both)
    expect(read(everything)[0]?.offsets).toHaveLength(102)
  })

  test('does not store the topics and offsets of this process only: a second look at the file finds the same', () => {
    const write = logWriter(database, opened())
    write([{ append: callOf(['a', 'b', 'a']) }, { append: callOf(['b', 'c']) }])
    const again = openStreams(database, 8)
    expect(again.open({ name: 'shop.viewed', kind: 'behaviour' }).streams.map(({ next }) => next)).toEqual([3])
    const [slice] = logReader(database, again).read(everything)
    expect(slice?.bodies.map((body) => JSON.parse(body).id)).toEqual(['a', 'b', 'c'])
  })

  test('reads up to the limits of rows and of characters, across partitions', () => {
    const streams = opened()
    logWriter(database, streams)([{ append: callOf(['a', 'b', 'c', 'd'], 1_000) }])
    const { read } = logReader(database, streams)
    const [place] = everything.from
    expect(read({ ...everything, limit: 3 })).toMatchObject([{ offsets: [0, 1, 2], next: 3 }])
    expect(read({ ...everything, characters: 1_500 })).toMatchObject([{ offsets: [0, 1], next: 2 }])
    const twice = place === undefined ? [] : [place, place]
    expect(read({ ...everything, from: twice, limit: 4 })).toMatchObject([
      { offsets: [0, 1, 2, 3] },
      { offsets: [], next: 0 },
    ])
  })
})
