import { expect, it } from 'vitest'
import { decodeVector, encodeVector } from './index.ts'

const vector = Float32Array.of(1.5, -0.1, 0, 3e38)

it('a vector comes back from text bit for bit', () => {
  expect(decodeVector(encodeVector(vector))).toEqual(vector)
  expect(decodeVector(encodeVector(vector), 4)).toEqual(vector)
  expect(encodeVector(Float32Array.of(1))).toBe('AACAPw==')
})

it.each(['', 'AACAP', 'AACAPw', 'no base64!', 'AACAPwA='])('text that is no vector is refused: "%s"', (text) => {
  expect(() => decodeVector(text)).toThrow('not base64 of float32')
})

it('a vector of another length is refused, both lengths named', () => {
  expect(() => decodeVector(encodeVector(vector), 8)).toThrow('the vector has 4 dimensions, not 8')
})
