import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { contrastiveLoss } from './contrastive-loss.ts'
import { createTermBags } from './term-bags.ts'
import { createTermRows } from './term-rows.ts'

const random = seededRandom(11)
const size = 5
const dimensions = 7
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.next() - 0.5)
const fits = (query: number, product: number) => query === 1 && product === 3

const batchOf = (queries: Float32Array, products: Float32Array) => ({
  size,
  dimensions,
  queries,
  products,
  queryGradient: new Float32Array(size * dimensions),
  productGradient: new Float32Array(size * dimensions),
  cosines: new Float32Array(size * size),
})

test('the gradient is the slope of the loss', () => {
  const [queries, products] = [numbers(size * dimensions), numbers(size * dimensions)]
  const batch = batchOf(queries, products)
  contrastiveLoss(batch, 0.5, fits)
  for (const [side, gradient] of [
    [queries, batch.queryGradient],
    [products, batch.productGradient],
  ] as const) {
    for (let at = 0; at < side.length; at += 3) {
      const lossAt = (change: number) => {
        const before = side[at]!
        side[at] = before + change
        const loss = contrastiveLoss(batchOf(queries, products), 0.5, fits)
        side[at] = before
        return loss
      }
      expect((lossAt(0.01) - lossAt(-0.01)) / 0.02).toBeCloseTo(gradient[at]!, 2)
    }
  }
})

test('learning turns a text away from the gradient', () => {
  const rows = createTermRows(numbers(4 * dimensions), Float32Array.of(1, 2, 0.5, 1), dimensions)
  const bags = createTermBags()
  bags.add(0, 1)
  bags.add(2, 0.7)
  bags.close()
  const vectors = new Float32Array(dimensions)
  const gradient = numbers(dimensions)
  const along = () => vectors.reduce((sum, value, c) => sum + value * gradient[c]!, 0)
  const length = rows.encode(bags, 0, vectors, 0)
  const before = along()
  rows.learn(bags, 0, { vectors, gradient: gradient.slice(), at: 0, length, rate: 0.01 })
  rows.encode(bags, 0, vectors, 0)
  expect(along()).toBeLessThan(before)
})
