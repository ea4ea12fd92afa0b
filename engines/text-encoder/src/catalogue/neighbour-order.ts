import type { Random } from '@eip/kernel'

/**
 * An order of n vectors (row-major, `dimensions` each) in which runs of `run` are near one another, the runs shuffled. Halves are
 * halved by the plane between two random members, as in a random projection tree (Dasgupta, Freund 2008): every call
 * gives other neighbours. O(n · dimensions · log n).
 */
export function neighbourOrder(vectors: Float32Array, dimensions: number, run: number, random: Random): Int32Array {
  const count = vectors.length / dimensions
  const order = Int32Array.from({ length: count }, (_, at) => at)
  shuffle(order, random)
  const keys = new Float64Array(count)
  const difference = new Float64Array(dimensions)
  const stack: [number, number][] = [[0, count]]
  for (let range = stack.pop(); range !== undefined; range = stack.pop()) {
    const [from, to] = range
    if (to - from <= run) continue
    const a = order[from + random.integer(to - from)]! * dimensions
    const b = order[from + random.integer(to - from)]! * dimensions
    for (let c = 0; c < dimensions; c++) difference[c] = vectors[a + c]! - vectors[b + c]!
    for (let at = from; at < to; at++) {
      const vector = order[at]!
      let key = 0
      for (let c = 0; c < dimensions; c++) key += vectors[vector * dimensions + c]! * difference[c]!
      keys[vector] = key
    }
    order.subarray(from, to).sort((x, y) => keys[x]! - keys[y]! || x - y)
    const middle = from + run * Math.max(1, Math.round((to - from) / 2 / run))
    stack.push([from, middle], [middle, to])
  }
  return shuffledRuns(order, run, random)
}

function shuffle(values: Int32Array, random: Random): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    const value = values[at]!
    values[at] = values[other]!
    values[other] = value
  }
}

function shuffledRuns(order: Int32Array, run: number, random: Random): Int32Array {
  const runs = Int32Array.from({ length: Math.ceil(order.length / run) }, (_, at) => at)
  shuffle(runs, random)
  const shuffled = new Int32Array(order.length)
  let at = 0
  for (const first of runs) {
    const part = order.subarray(first * run, (first + 1) * run)
    shuffled.set(part, at)
    at += part.length
  }
  return shuffled
}
