import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lane } from '../../log/lane.ts'
import { laneBuffer } from './buffer.ts'

const rowsOf = (offsets: readonly number[]) =>
  offsets.map((offset) => ({ offset, key: null, value: Buffer.from(`${offset}`) }))

test('hands over every row once and in order, however it was read ahead, with gaps and with failures', () => {
  const reads = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }), { maxLength: 8 })
  fc.assert(
    fc.property(reads, fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean()), (gaps, limit, failures) => {
      const own = lane({ name: 't', kind: 'state', ends: [0] }, 0, 0)
      const buffer = laneBuffer(own)
      const all: number[] = []
      const taken: number[] = []
      let at = 0
      let turn = 0
      for (const read of [...gaps, []]) {
        const offsets = read.map((gap) => {
          at += gap + 1
          return at - 1
        })
        all.push(...offsets)
        buffer.add({
          topic: 't',
          partition: 0,
          offset: buffer.fetched(),
          rows: rowsOf(offsets),
          next: at,
          end: at,
          error: 0,
        })
        expect(own.topic.ends).toEqual([at])
        while (own.next < at) {
          const slice = buffer.take(own.next, limit, 1_000)
          expect(slice.bodies.length).toBeLessThanOrEqual(limit)
          // A batch that failed is read again.
          if (failures[turn++] === true) continue
          taken.push(...slice.offsets)
          own.next = slice.next
        }
      }
      expect(taken).toEqual(all)
      // Before anything more is taken: a buffer that seems full is not read, and a lane that has done all has nothing to take.
      expect(buffer.characters()).toBe(0)
      expect(buffer.take(own.next, limit, 1_000).bodies).toEqual([])
    }),
  )
})

test('forgets what it holds when its lane goes elsewhere', () => {
  const own = lane({ name: 't', kind: 'state', ends: [0] }, 0, 5)
  const buffer = laneBuffer(own)
  buffer.add({ topic: 't', partition: 0, offset: 5, rows: rowsOf([5, 6]), next: 7, end: 9, error: 0 })
  expect(buffer.hasMoreToCome()).toBe(true)
  expect(buffer.take(2, 10, 1_000)).toEqual({ offsets: [], bodies: [], next: 2 })
  expect([buffer.fetched(), buffer.characters(), own.topic.ends]).toEqual([2, 0, [2]])
})
