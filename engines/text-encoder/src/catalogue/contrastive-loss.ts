/**
 * InfoNCE (van den Oord et al. 2018) over a batch of pairs, its kernels in plain loops.
 *
 * ```
 *                 product 0  product 1  product 2          softmax of a row, minus 1 on the diagonal, ÷ temperature
 *       query 0      +           −          −                = gradient by the cosines
 *       query 1      −           +          ×              ×: the product fits the query by its words: neither + nor −
 * ```
 * All matrices are row-major Float32Arrays of `size` rows; vectors have length 1 or are zero.
 */
export type ContrastiveBatch = Readonly<{
  size: number
  dimensions: number
  queries: Float32Array
  products: Float32Array
  /** Filled with the gradient by the queries and by the products. */
  queryGradient: Float32Array
  productGradient: Float32Array
  /** size × size, scratch. */
  cosines: Float32Array
}>

/** Fills the gradients, not divided by the batch's size; answers the sum of the losses. O(size² · dimensions). */
export function contrastiveLoss(
  batch: ContrastiveBatch,
  temperature: number,
  fits: (query: number, product: number) => boolean,
): number {
  const { size, cosines } = batch
  fillCosines(batch)
  let loss = 0
  for (let query = 0; query < size; query++) {
    const row = cosines.subarray(query * size, (query + 1) * size)
    const own = row[query]!
    let sum = 0
    for (let product = 0; product < size; product++) {
      // Cosines are at most 1: the largest exponent is known beforehand.
      const isOther = product !== query && fits(query, product)
      const share = isOther ? 0 : Math.exp((row[product]! - 1) / temperature)
      row[product] = share
      sum += share
    }
    loss += Math.log(sum) - (own - 1) / temperature
    for (let product = 0; product < size; product++) row[product] = row[product]! / sum / temperature
    row[query] = row[query]! - 1 / temperature
  }
  addWeighted(cosines, size, 1, batch.products, batch.queryGradient, batch)
  addWeighted(cosines, 1, size, batch.queries, batch.productGradient, batch)
  return loss
}

/** Four products at a time: each number of the query is read once for them. */
function fillCosines({ size, dimensions: d, queries, products, cosines }: ContrastiveBatch): void {
  for (let query = 0; query < size; query++) {
    const q = query * d
    for (let product = 0; product < size; product += 4) {
      // Past the end the last product is computed again.
      const p0 = product * d
      const p1 = Math.min(product + 1, size - 1) * d
      const p2 = Math.min(product + 2, size - 1) * d
      const p3 = Math.min(product + 3, size - 1) * d
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let c = 0; c < d; c++) {
        const x = queries[q + c]!
        s0 += x * products[p0 + c]!
        s1 += x * products[p1 + c]!
        s2 += x * products[p2 + c]!
        s3 += x * products[p3 + c]!
      }
      const at = query * size + product
      cosines[at] = s0
      if (product + 1 < size) cosines[at + 1] = s1
      if (product + 2 < size) cosines[at + 2] = s2
      if (product + 3 < size) cosines[at + 3] = s3
    }
  }
}

const negligible = 1e-5

/** `into[i] = Σ_j weight(i, j) · vectors[j]`, four j at a time; weight(i, j) stands at i · across + j · along. */
function addWeighted(
  weights: Float32Array,
  across: number,
  along: number,
  vectors: Float32Array,
  into: Float32Array,
  { size, dimensions: d }: ContrastiveBatch,
): void {
  into.fill(0, 0, size * d)
  const weightAt = (i: number, j: number) => (j < size ? weights[i * across + j * along]! : 0)
  for (let i = 0; i < size; i++) {
    const to = i * d
    for (let j = 0; j < size; j += 4) {
      const w0 = weightAt(i, j)
      const w1 = weightAt(i, j + 1)
      const w2 = weightAt(i, j + 2)
      const w3 = weightAt(i, j + 3)
      if (Math.abs(w0) + Math.abs(w1) + Math.abs(w2) + Math.abs(w3) < negligible) continue
      const v0 = j * d
      const v1 = Math.min(j + 1, size - 1) * d
      const v2 = Math.min(j + 2, size - 1) * d
      const v3 = Math.min(j + 3, size - 1) * d
      for (let c = 0; c < d; c++) {
        into[to + c] =
          into[to + c]! + w0 * vectors[v0 + c]! + w1 * vectors[v1 + c]! + w2 * vectors[v2 + c]! + w3 * vectors[v3 + c]!
      }
    }
  }
}
