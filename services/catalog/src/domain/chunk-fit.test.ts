import { expect, it } from 'vitest'
import { chunkFit } from './chunk-fit.ts'

const file = { bytes: 10, received: 4 }

it.each([
  [0, 4, { fit: 'known' }],
  [1, 2, { fit: 'known' }],
  [4, 0, { fit: 'known' }],
  [4, 6, { fit: 'next', skip: 0 }],
  [0, 10, { fit: 'next', skip: 4 }],
  [3, 2, { fit: 'next', skip: 1 }],
  [5, 1, { fit: 'gap' }],
  [5, 0, { fit: 'gap' }],
  [4, 7, { fit: 'beyond' }],
  [11, 0, { fit: 'beyond' }],
])('bytes from %i on, %i of them, fit as they should', (offset, length, fit) => {
  expect(chunkFit(file, offset, length)).toEqual(fit)
})

it('takes every byte once, however the file is cut and repeated', () => {
  const whole = Array.from({ length: 50 }, (_, i) => i)
  for (const [size, step] of [
    [7, 7],
    [7, 3],
    [50, 1],
    [1, 1],
    [9, 9],
  ] as const) {
    const taken: number[] = []
    for (let offset = 0; offset < whole.length; offset += step) {
      const chunk = whole.slice(offset, offset + size)
      const found = chunkFit({ bytes: whole.length, received: taken.length }, offset, chunk.length)
      if (found.fit === 'next') taken.push(...chunk.slice(found.skip))
    }
    expect(taken).toEqual(whole)
  }
})
