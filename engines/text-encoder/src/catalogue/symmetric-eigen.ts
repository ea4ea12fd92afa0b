/**
 * Eigenvalues and eigenvectors (the columns of `vectors`, row-major) of a symmetric n × n matrix, which is overwritten.
 * Cyclic Jacobi rotations (Golub, Van Loan, Matrix Computations, section 8.5); O(n³) for each of some eight sweeps.
 */
export function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  for (let sweep = 0; sweep < 30 && offDiagonalShare(matrix, n) > 1e-14; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q)
  }
  return { values: Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!), vectors }
}

function offDiagonalShare(matrix: Float64Array, n: number): number {
  let off = 0
  let all = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const square = matrix[i * n + j]! ** 2
      all += square
      if (i !== j) off += square
    }
  }
  return all > 0 ? off / all : 0
}

/** Turns the plane of axes p and q so that the entry (p, q) becomes zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const entry = matrix[p * n + q]!
  if (entry === 0) return
  const ratio = (matrix[q * n + q]! - matrix[p * n + p]!) / (2 * entry)
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  turnColumns(matrix, n, p, q, cosine, sine)
  for (let k = 0; k < n; k++) {
    const x = matrix[p * n + k]!
    const y = matrix[q * n + k]!
    matrix[p * n + k] = cosine * x - sine * y
    matrix[q * n + k] = sine * x + cosine * y
  }
  turnColumns(vectors, n, p, q, cosine, sine)
}

function turnColumns(matrix: Float64Array, n: number, p: number, q: number, cosine: number, sine: number): void {
  for (let at = 0; at < n * n; at += n) {
    const x = matrix[at + p]!
    const y = matrix[at + q]!
    matrix[at + p] = cosine * x - sine * y
    matrix[at + q] = sine * x + cosine * y
  }
}
