import { expect, test } from 'vitest'
import { noteKey, numberIn, readNoteKey, readParkedNote } from './note-codec.ts'
import { noteFold } from './note-fold.ts'

const position = (offset: number) => ({ topic: 'shop.viewed', partition: 3, offset })
const key = (kind: 'parked' | 'retry' | 'replay', offset: number, group = 'g') =>
  noteKey({ kind, group, position: position(offset) })
const row = (offset: number, name: string, value: unknown) => {
  const text = value === undefined ? null : Buffer.from(JSON.stringify(value))
  return { offset, key: Buffer.from(name), value: text }
}

test('what is parked, given again and parked once more counts as one message at every step', () => {
  const fold = noteFold()
  expect(fold.add([row(0, key('parked', 7), {}), row(1, key('parked', 8), {})])).toEqual(new Set(['g']))
  expect(fold.counts()).toEqual([{ group: 'g', topic: 'shop.viewed', messages: 2 }])
  fold.add([row(2, key('retry', 7), { until: 9 })])
  expect(fold.parked('g').map(({ position }) => position.offset)).toEqual([8])
  expect(fold.retries('g', 'shop.viewed')).toEqual([{ position: position(7), place: 2, until: 9, at: 0 }])
  fold.add([row(3, key('parked', 7), {}), row(4, key('retry', 7), undefined)])
  expect(fold.parked('g').map(({ position, at }) => [position.offset, at])).toEqual([
    [8, 1],
    [7, 3],
  ])
  fold.add([row(5, key('parked', 7), undefined), row(6, key('parked', 8), undefined)])
  expect(fold.counts()).toEqual([])
})

test('asked twice, a message keeps the place that it was first given', () => {
  const fold = noteFold()
  fold.add([row(0, key('parked', 7), {}), row(1, key('retry', 7), { until: 1 }), row(2, key('retry', 7), { until: 5 })])
  expect(fold.retries('g', 'shop.viewed').map(({ place }) => place)).toEqual([1])
})

test('a replay holds until a member has done it', () => {
  const fold = noteFold()
  fold.add([row(0, key('replay', 0), { offset: 40 })])
  expect(fold.replays('g')).toEqual([{ position: position(40), at: 0 }])
  fold.add([row(1, key('replay', 0), undefined)])
  expect(fold.replays('g')).toEqual([])
})

test('what is no note of ours is passed over', () => {
  const fold = noteFold()
  const strange = ['', 'x', '[]', '["parked"]', '["parked","g","t","0",1]', '["else","g","t",0,1]'].map((name) =>
    row(0, name, {}),
  )
  expect(fold.add([...strange, { offset: 9, key: null, value: null }])).toEqual(new Set())
  expect(readNoteKey(key('retry', 5))).toEqual({ kind: 'retry', group: 'g', position: position(5) })
  expect(readParkedNote('{')).toEqual({ attempts: 0, reason: 'unknown', parkedAt: 0, body: '' })
  expect(numberIn('null', 'until')).toBe(0)
})
