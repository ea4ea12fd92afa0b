import { seededRandom } from '@eip/kernel'
import { expect, test } from 'vitest'
import { productOf } from './catalogue-encoder.fixture.ts'
import { addComputedRow } from './computed-row.ts'
import { sampleCorpus } from './corpus-sample.ts'
import { neighbourOrder } from './neighbour-order.ts'
import { createSimilarSpelling } from './similar-spelling.ts'
import { createTrainingSet } from './training-set.ts'

const look = () => {}

test('a sample holds no more than asked, of the whole corpus', () => {
  const corpus = Array.from({ length: 1_000 }, (_, at) => productOf(String(at)))
  const { products, corpusSize } = sampleCorpus(corpus, { most: 100, random: seededRandom(1), look })
  const read = products.map(({ texts }) => Number(texts[0]))
  expect(corpusSize).toBe(1_000)
  expect(new Set(read).size).toBe(100)
  expect(read.filter((at) => at >= 500).length).toBeGreaterThan(25)
})

test('terms are numbered by frequency, and a stem belongs to its word', () => {
  const sample = sampleCorpus([productOf('red shoes'), productOf('blue shoes')], {
    most: 9,
    random: seededRandom(1),
    look,
  })
  const set = createTrainingSet(sample.products, { mostTerms: 100, look })
  expect(set.terms.slice(0, set.repeated)).toEqual(['shoes', 'shoe~en'])
  const { naming, words } = set.products[0]!
  const groups = Array.from(words.subarray(0, -1), (from, at) =>
    Array.from(naming.subarray(from, words[at + 1]), (term) => set.terms[term]),
  )
  expect(groups).toEqual([
    ['red', 'red~en'],
    ['shoes', 'shoe~en'],
  ])
})

test('computed rows of two terms are nearly at right angles, those of one are equal', () => {
  const rowOf = (term: string) => {
    const row = new Float32Array(512)
    addComputedRow(term, 1, row, 0)
    return row
  }
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, c) => sum + value * b[c]!, 0)
  expect(rowOf('abc')).toEqual(rowOf('abc'))
  expect(dot(rowOf('abc'), rowOf('abc'))).toBeCloseTo(1, 4)
  expect(Math.abs(dot(rowOf('abc'), rowOf('abd')))).toBeLessThan(0.2)
})

test('an order of neighbours holds everyone once, and runs of those who are near', () => {
  const random = seededRandom(3)
  const groups = 16
  const vectors = new Float32Array(groups * 8 * 4)
  for (let at = 0; at < groups * 8; at++) {
    for (let c = 0; c < 4; c++) vectors[at * 4 + c] = Number(((at % groups) >> c) & 1) + random.next() * 0.01
  }
  const order = neighbourOrder(vectors, 4, 8, random)
  expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()])
  const distinct = Array.from({ length: groups }, (_, run) => {
    const members = order.subarray(run * 8, run * 8 + 8)
    return new Set(Array.from(members, (at) => at % groups)).size
  })
  expect(distinct.reduce((sum, count) => sum + count, 0) / groups).toBeLessThan(4)
})

test('the most similar word comes first; numbers and stems are no words', () => {
  const similar = createSimilarSpelling(['wheelbarrow', 'wheel', 'barrel', 'barrow~en', 'pendant', 'dv7'])
  expect(similar('wheelbarow')[0]?.word).toBe('wheelbarrow')
  expect(similar('pendent')[0]?.word).toBe('pendant')
  expect(similar('dv8')).toEqual([])
  expect(similar('zzzzzz')).toEqual([])
  expect(similar('pendent')).toEqual(similar('pendent'))
})
