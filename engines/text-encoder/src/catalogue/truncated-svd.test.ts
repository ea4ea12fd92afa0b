import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { symmetricEigen } from './symmetric-eigen.ts'
import { truncatedSvd } from './truncated-svd.ts'

const random = seededRandom(5)
const look = () => {}
const rowOf = (values: readonly number[]) => ({
  columns: Int32Array.from(values.keys()),
  values: Float32Array.from(values),
})

test('eigenvectors times eigenvalues give the matrix back', () => {
  const n = 12
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.next() - 0.5
  const { values, vectors } = symmetricEigen(matrix.slice(), n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let entry = 0
      for (let k = 0; k < n; k++) entry += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!
      expect(entry).toBeCloseTo(matrix[i * n + j]!, 6)
    }
  }
})

test('a matrix of rank three is found with its three directions', () => {
  const columns = 40
  const parts = Array.from({ length: 3 }, () => Array.from({ length: columns }, () => random.next() - 0.5))
  const rows = Array.from({ length: 60 }, () => {
    const weights = parts.map(() => random.next() - 0.5)
    return Array.from({ length: columns }, (_, c) => parts.reduce((sum, part, k) => sum + weights[k]! * part[c]!, 0))
  })
  const { right, singular } = truncatedSvd(rows.map(rowOf), { columns, rank: 8, random, look })
  expect([...singular].filter((value) => value > 1e-3)).toHaveLength(3)
  expect([...singular]).toEqual([...singular].sort((a, b) => b - a))
  for (const row of rows) {
    const rebuilt = new Float64Array(columns)
    for (let k = 0; k < 8; k++) {
      const along = row.reduce((sum, value, c) => sum + value * right[c * 8 + k]!, 0)
      for (let c = 0; c < columns; c++) rebuilt[c] = rebuilt[c]! + along * right[c * 8 + k]!
    }
    for (const [c, value] of row.entries()) expect(rebuilt[c]).toBeCloseTo(value, 4)
  }
})

test('an empty matrix has no directions', () => {
  expect(truncatedSvd([], { columns: 0, rank: 4, random, look }).right).toHaveLength(0)
  const { right, singular } = truncatedSvd([rowOf([])], { columns: 5, rank: 2, random, look })
  expect([...singular]).toEqual([0, 0])
  expect(right.every((value) => value === 0)).toBe(true)
})
