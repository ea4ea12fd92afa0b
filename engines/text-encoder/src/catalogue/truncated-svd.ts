import type { Random } from '@eip/kernel'
import { symmetricEigen } from './symmetric-eigen.ts'

/** A row of a sparse matrix: columns and their values. */
export type SparseRow = Readonly<{ columns: Int32Array; values: Float32Array }>
export type TruncatedSvd = Readonly<{
  /** columns × rank, row-major. */
  right: Float32Array
  /** Descending; zero beyond the matrix's own rank. */
  singular: Float64Array
}>

const oversampling = 16
const powerIterations = 2

/**
 * The `rank` largest singular values of a sparse matrix and their right vectors, nearly: subspace iteration from a random start
 * (Halko, Martinsson, Tropp 2011, algorithm 4.4), then a Rayleigh-Ritz step within the subspace.
 *
 * ```
 *   Ω random (columns × p) ──▶ Q = orth(XᵀX Ω) ──▶ again, twice ──▶ eigenvectors of QᵀXᵀXQ turn Q ──▶ first `rank` columns
 * ```
 * O((entries + columns · p) · p) with p = rank + 16; holds two arrays of columns × p floats.
 */
export function truncatedSvd(
  rows: readonly SparseRow[],
  { columns, rank, random, look }: { columns: number; rank: number; random: Random; look: (share: number) => void },
): TruncatedSvd {
  const width = Math.min(rank + oversampling, columns)
  let basis = Float32Array.from({ length: columns * width }, () => random.next() + random.next() - 1)
  for (let iteration = 0; iteration <= powerIterations; iteration++) {
    look(iteration / (powerIterations + 2))
    basis = squareTimes(rows, basis, width)
    orthonormalise(basis, width, iteration < powerIterations ? 1 : 2)
  }
  const { values, vectors } = symmetricEigen(innerSquare(rows, basis, width), width)
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(0, rank)
  const singular = new Float64Array(rank)
  for (const [at, column] of order.entries()) singular[at] = Math.sqrt(Math.max(0, values[column]!))
  return { right: turned(basis, width, vectors, order, rank), singular }
}

/** One row times the basis. */
function project({ columns, values }: SparseRow, basis: Float32Array, width: number, into: Float64Array): void {
  into.fill(0)
  for (let entry = 0; entry < columns.length; entry++) {
    const at = columns[entry]! * width
    const value = values[entry]!
    for (let c = 0; c < width; c++) into[c] = into[c]! + value * basis[at + c]!
  }
}

/** XᵀX · basis, row by row of X. */
function squareTimes(rows: readonly SparseRow[], basis: Float32Array, width: number): Float32Array<ArrayBuffer> {
  const product = new Float32Array(basis.length)
  const projected = new Float64Array(width)
  for (const row of rows) {
    project(row, basis, width, projected)
    for (let entry = 0; entry < row.columns.length; entry++) {
      const at = row.columns[entry]! * width
      const value = row.values[entry]!
      for (let c = 0; c < width; c++) product[at + c] = product[at + c]! + value * projected[c]!
    }
  }
  return product
}

function innerSquare(rows: readonly SparseRow[], basis: Float32Array, width: number): Float64Array {
  const square = new Float64Array(width * width)
  const projected = new Float64Array(width)
  for (const row of rows) {
    project(row, basis, width, projected)
    addOuter(square, projected, width)
  }
  return mirrored(square, width)
}

/** The upper triangle of the vector's outer product with itself. */
function addOuter(square: Float64Array, vector: Float64Array | Float32Array, width: number): void {
  for (let a = 0; a < width; a++) {
    const x = vector[a]!
    if (x === 0) continue
    for (let b = a, at = a * width; b < width; b++) square[at + b] = square[at + b]! + x * vector[b]!
  }
}

function mirrored(square: Float64Array, width: number): Float64Array {
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) square[a * width + b] = square[b * width + a]!
  return square
}

/** Cholesky QR; two passes where it shall be exact, because one loses half of the digits. A dependent column becomes zero. */
export function orthonormalise(basis: Float32Array, width: number, passes: number): void {
  for (let pass = 0; pass < passes; pass++) {
    const factor = new Float64Array(width * width)
    for (let at = 0; at < basis.length; at += width) addOuter(factor, basis.subarray(at, at + width), width)
    const scale = choleskyUpper(factor, width)
    for (let at = 0; at < basis.length; at += width) {
      for (let c = 0; c < width; c++) {
        let sum = basis[at + c]!
        for (let k = 0; k < c; k++) sum -= basis[at + k]! * factor[k * width + c]!
        basis[at + c] = sum * scale[c]!
      }
    }
  }
}

/** Overwrites the upper triangle with R of G = RᵀR; answers 1 ÷ diagonal, 0 for a dependent column. */
function choleskyUpper(matrix: Float64Array, n: number): Float64Array {
  const scale = new Float64Array(n)
  for (let a = 0; a < n; a++) {
    const before = matrix[a * n + a]!
    let pivot = before
    for (let k = 0; k < a; k++) pivot -= matrix[k * n + a]! ** 2
    // Single precision: what is left of a dependent column is noise.
    const isIndependent = pivot > 1e-9 * before && pivot > Number.MIN_VALUE
    scale[a] = isIndependent ? 1 / Math.sqrt(pivot) : 0
    for (let b = a + 1; b < n; b++) {
      let sum = matrix[a * n + b]!
      for (let k = 0; k < a; k++) sum -= matrix[k * n + a]! * matrix[k * n + b]!
      matrix[a * n + b] = sum * scale[a]!
    }
  }
  return scale
}

function turned(basis: Float32Array, width: number, vectors: Float64Array, order: readonly number[], rank: number) {
  const columns = width === 0 ? 0 : basis.length / width
  const right = new Float32Array(columns * rank)
  for (let row = 0; row < columns; row++) {
    for (const [at, column] of order.entries()) {
      let sum = 0
      for (let c = 0; c < width; c++) sum += basis[row * width + c]! * vectors[c * width + column]!
      right[row * rank + at] = sum
    }
  }
  return right
}
