import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upTo } from '../../contract/stage.ts'
import { openLogFile } from './log-file.ts'
import { logWriter } from './log-writer.ts'
import { parkingLot } from './parking-lot.ts'
import { streams as openStreams } from './streams.ts'

const topic = 'shop.viewed'
const group = 'g'
const positionOf = (offset: number, partition = 0) => ({ topic, partition, offset })
const noteOf = (offset: number, body = `body-${offset}`) => ({
  ...{ group, position: positionOf(offset), attempts: 1, reason: 'no', parkedAt: 1_000, body },
})

describe('parking lot', () => {
  let folder: string
  let database: DatabaseSync
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parking-lot-'))
    database = openLogFile(join(folder, 'log.sqlite'))
  })
  afterEach(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })

  const opened = (bodies: readonly string[]) => {
    const streams = openStreams(database, 2)
    streams.open({ name: topic, kind: 'behaviour' })
    const write = logWriter(database, streams)
    const settle = (retried: readonly ReturnType<typeof positionOf>[], parked: ReturnType<typeof noteOf>[] = []) =>
      write([{ settle: { group, next: [], retried, parked } }])
    settle(
      [],
      bodies.map((body, offset) => noteOf(offset, body)),
    )
    return { lot: parkingLot(database, streams), settle }
  }
  const all = { group, from: [positionOf(0)], limit: 1_000, characters: 1e9 }

  test('reads a queue in the order it was asked for, up to the limits of rows and of characters', () => {
    const { lot } = opened(upTo(4).map(() => 'x'.repeat(1_000)))
    lot.retry({ group, positions: [3, 1, 0, 2].map((offset) => positionOf(offset)) })
    expect(lot.read(all)).toMatchObject([{ offsets: [3, 1, 0, 2] }])
    const [first] = lot.read({ ...all, limit: 3 })
    expect(first?.offsets).toEqual([3, 1, 0])
    expect(lot.read({ ...all, from: [positionOf(first?.next ?? 0)] })).toMatchObject([{ offsets: [2] }])
    expect(lot.read({ ...all, characters: 1_500 })).toMatchObject([{ offsets: [3, 1] }])
    expect(lot.read({ ...all, from: [positionOf(0), positionOf(0, 1)], limit: 4 })).toMatchObject([
      { offsets: [3, 1, 0, 2] },
      { offsets: [], next: 0 },
    ])
  })

  test('never uses a place again, though its queue was empty in between and the file was opened again', () => {
    const { lot, settle } = opened(['a', 'b'])
    lot.retry({ group, positions: [positionOf(0)] })
    const [before] = lot.queues({ group, topic })
    settle([positionOf(before?.end ?? 0)])
    expect(lot.queues({ group, topic })[0]?.messages).toBe(0)
    database.close()
    database = openLogFile(join(folder, 'log.sqlite'))
    const again = opened([]).lot
    again.retry({ group, positions: [positionOf(1)] })
    const [after] = again.queues({ group, topic })
    expect(after?.end).toBeGreaterThan(before?.end ?? Number.POSITIVE_INFINITY)
    expect(again.read({ ...all, from: [positionOf(before?.end ?? 0)] })).toMatchObject([
      { offsets: [1], bodies: ['b'], next: after?.end },
    ])
  })

  test('settles what is done and what is parked again in one step', () => {
    const { lot, settle } = opened(['a', 'b', 'c'])
    lot.retry({ group, positions: [0, 1, 2].map((offset) => positionOf(offset)) })
    const [two] = lot.read({ ...all, limit: 2 })
    settle([positionOf(two?.next ?? 0)], [noteOf(1, 'b')])
    expect(lot.list({ group, limit: 10 }).map(({ position }) => position.offset)).toEqual([1])
    expect(lot.read(all)).toMatchObject([{ offsets: [2] }])
    expect(lot.counts()).toEqual([{ group, topic, messages: 1 }])
  })

  test('leaves everything parked when the disk is full', () => {
    const { lot } = opened(upTo(3).map(() => 'x'.repeat(50_000)))
    const positions = upTo(3).map((offset) => positionOf(offset))
    // The limit cannot fall below what is there: not one page more.
    database.exec('PRAGMA max_page_count = 1')
    expect(() => lot.retry({ group, positions })).toThrow(/full/)
    expect(lot.counts()).toEqual([{ group, topic, messages: 3 }])
    expect(lot.queues({ group, topic })[0]?.messages).toBe(0)
    database.exec('PRAGMA max_page_count = 4294967294')
    expect(lot.retry({ group, positions })).toBe(3)
  })
})
