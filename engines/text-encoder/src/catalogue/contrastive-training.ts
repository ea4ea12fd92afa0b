import type { Random } from '@eip/kernel'
import { type ContrastiveBatch, contrastiveLoss } from './contrastive-loss.ts'
import { neighbourOrder } from './neighbour-order.ts'
import { simulateQuery } from './query-simulation.ts'
import { createTermBags, type TermBags } from './term-bags.ts'
import { createTermRows, type TermRows } from './term-rows.ts'
import type { TrainingProduct, TrainingSet } from './training-set.ts'

export type ContrastiveOptions = Readonly<{
  epochs: number
  batch: number
  /** Products in a batch that are near one another: they teach more than strangers do. */
  neighbours: number
  temperature: number
  /** Falls to nothing in a straight line. */
  rate: number
}>

export const contrastiveDefaults: ContrastiveOptions = Object.freeze({
  epochs: 5,
  batch: 64,
  neighbours: 16,
  temperature: 0.2,
  rate: 0.02,
})

const lastRate = 1e-4

/**
 * Moves the rows in place so that a simulated query is nearer to its product than to the product's neighbours. The rows become the
 * mean of those at the ends of the epochs (Izmailov et al. 2018): which queries were drawn last matters less then.
 * O(products · epochs · (batch + terms of a product) · dimensions).
 */
export function learnRows(
  set: TrainingSet,
  rows: Float32Array,
  gains: Float32Array,
  {
    dimensions,
    random,
    look,
    ...options
  }: ContrastiveOptions & { dimensions: number; random: Random; look: (share: number) => void },
): void {
  const termRows = createTermRows(rows, gains, dimensions)
  const step = createStep(set, termRows, dimensions, options, random)
  const count = set.products.length
  const means = new Float32Array(rows.length)
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = neighbourOrder(productVectors(set, termRows, dimensions), dimensions, options.neighbours, random)
    for (let at = 0; at < count; at += options.batch) {
      const share = (epoch + at / count) / options.epochs
      look(share)
      step(order.subarray(at, at + options.batch), options.rate * (1 - share) + lastRate)
    }
    for (let at = 0; at < rows.length; at++) means[at] = means[at]! + (rows[at]! - means[at]!) / (epoch + 1)
  }
  if (options.epochs > 0) rows.set(means)
}

function productVectors({ products }: TrainingSet, rows: TermRows, dimensions: number): Float32Array {
  const vectors = new Float32Array(products.length * dimensions)
  const bags = createTermBags()
  for (const [at, { terms, weights }] of products.entries()) {
    bags.clear()
    for (let entry = 0; entry < terms.length; entry++) bags.add(terms[entry]!, weights[entry]!)
    bags.close()
    rows.encode(bags, 0, vectors, at * dimensions)
  }
  return vectors
}

function createStep(
  set: TrainingSet,
  rows: TermRows,
  dimensions: number,
  { batch, temperature }: ContrastiveOptions,
  random: Random,
) {
  const matrix = () => new Float32Array(batch * dimensions)
  const queries = { bags: createTermBags(), vectors: matrix(), gradient: matrix(), lengths: new Float64Array(batch) }
  const products = { bags: createTermBags(), vectors: matrix(), gradient: matrix(), lengths: new Float64Array(batch) }
  const cosines = new Float32Array(batch * batch)

  return (members: Int32Array, rate: number): void => {
    const batchProducts = Array.from(members, (member) => set.products[member]!)
    queries.bags.clear()
    products.bags.clear()
    for (const product of batchProducts) simulateQuery(product, set, random, queries.bags, products.bags)
    for (const { bags, vectors, lengths } of [queries, products]) {
      for (let at = 0; at < members.length; at++) lengths[at] = rows.encode(bags, at, vectors, at * dimensions)
    }
    const pairs: ContrastiveBatch = {
      size: members.length,
      dimensions,
      queries: queries.vectors,
      products: products.vectors,
      queryGradient: queries.gradient,
      productGradient: products.gradient,
      cosines,
    }
    contrastiveLoss(pairs, temperature, (query, product) => hasAll(batchProducts[product]!, queries.bags, query))
    for (const { bags, vectors, gradient, lengths } of [queries, products]) {
      for (let at = 0; at < members.length; at++) {
        rows.learn(bags, at, { vectors, gradient, at: at * dimensions, length: lengths[at]!, rate })
      }
    }
  }
}

function hasAll({ terms }: TrainingProduct, queries: TermBags, query: number): boolean {
  for (let entry = queries.start(query); entry < queries.end(query); entry++) {
    if (!hasTerm(terms, queries.term(entry))) return false
  }
  return true
}

function hasTerm(terms: Int32Array, term: number): boolean {
  let from = 0
  let to = terms.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (terms[middle]! < term) from = middle + 1
    else to = middle
  }
  return terms[from] === term
}
