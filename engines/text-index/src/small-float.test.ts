import { expect, test } from 'vitest'
import { decodeLength, encodeLength } from './small-float.ts'

test("keeps lengths to 40 exactly, and then Lucene's steps", () => {
  for (let length = 0; length <= 40; length++) expect(decodeLength(encodeLength(length))).toBe(length)
  const after = Array.from({ length: 20 }, (_, at) => decodeLength(40 + at))
  expect(after).toEqual([40, 42, 44, 46, 48, 50, 52, 54, 56, 60, 64, 68, 72, 76, 80, 84, 88, 96, 104, 112])
})

test('ends where Lucene ends: byte 255 is 2,013,265,944', () => {
  expect(decodeLength(255)).toBe(2_013_265_944)
  expect(encodeLength(0x7fffffff)).toBe(255)
})

test('rounds down to a step, and is monotonic', () => {
  const bytes = Array.from({ length: 20_000 }, (_, length) => encodeLength(length))
  expect(bytes).toEqual(bytes.toSorted((left, right) => left - right))
  expect(bytes.findIndex((byte, length) => decodeLength(byte) > length)).toBe(-1)
})
