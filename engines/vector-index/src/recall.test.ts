import { describe, expect, it } from 'vitest'
import { finish, queriesNear, readerOf, recallOf } from './brute-force.fixture.ts'
import { clusteredVectors, type GeneratedVectors, uniformVectors } from './generated-vectors.fixture.ts'
import { createVectorIndexWriter, type VectorIndexWriter } from './index.ts'

const COUNT = 6000
const DIMENSIONS = 32
const sets = { clustered: clusteredVectors(3 * COUNT, DIMENSIONS), uniform: uniformVectors(3 * COUNT, DIMENSIONS) }

function filled(vectors: GeneratedVectors, from = 0): VectorIndexWriter {
  const writer = createVectorIndexWriter({ dimensions: DIMENSIONS, construction: 96 })
  for (let at = 0; at < COUNT; at++) writer.set(`p${at}`, vectors.at(from + at))
  return finish(writer)
}

describe.each(['clustered', 'uniform'] as const)('of %s vectors', (kind) => {
  const vectors = sets[kind]
  const queries = queriesNear(vectors, 100, 7)

  it('nearly all of the true ten best are found, filtered or not', () => {
    const reader = readerOf(filled(vectors), DIMENSIONS)
    expect(recallOf(reader, queries, 10)).toBeGreaterThan(0.95)
    for (const share of [2, 20, 200])
      expect(recallOf(reader, queries, 10, (slot) => slot % share === 0)).toBeGreaterThan(0.95)
    // Too many to look at each.
    expect(recallOf(reader, queries, 10, (slot) => slot % 10 > 0)).toBeGreaterThan(0.95)
  })

  it('nearly all are found after half, and then twice as many as there are, were replaced', () => {
    const writer = filled(vectors)
    let replaced = 0
    const replace = (until: number) => {
      for (; replaced < until; replaced++) {
        writer.set(`p${(replaced * 7) % COUNT}`, vectors.at(COUNT + (replaced % (2 * COUNT))))
        if (replaced % 500 === 0) {
          writer.commit()
          writer.work(0)
        }
      }
      return readerOf(finish(writer), DIMENSIONS)
    }
    expect(recallOf(replace(COUNT / 2), queries, 10)).toBeGreaterThan(0.95)
    expect(recallOf(replace(2 * COUNT), queries, 10)).toBeGreaterThan(0.95)
    expect(writer.size).toBe(COUNT)
  })
})

it('many vectors that are alike hide nothing: as many are found as are asked for', () => {
  const vectors = sets.clustered
  const writer = createVectorIndexWriter({ dimensions: DIMENSIONS, construction: 96 })
  for (let at = 0; at < COUNT; at++) writer.set(`p${at}`, vectors.at(at % 3 === 0 ? 1 : at))
  const reader = readerOf(finish(writer), DIMENSIONS)
  for (const k of [10, 100, 500]) {
    const { scores } = reader.search(vectors.at(1), { k })
    expect(scores).toHaveLength(k)
    expect(scores.at(-1)).toBeGreaterThan(0.999)
  }
  expect(recallOf(reader, queriesNear(vectors, 50, 3), 10)).toBeGreaterThan(0.95)
})

it('a filter that admits only what is far from the query still gives the best of it', () => {
  const vectors = sets.clustered
  const reader = readerOf(filled(vectors), DIMENSIONS)
  const query = vectors.at(17)
  const scores = new Float64Array(reader.slots)
  reader.scores(query, Int32Array.from(scores.keys()), scores)
  const order = scores.slice().sort()
  for (const share of [0.9, 0.6]) {
    const most = order[Math.floor(share * COUNT)]!
    expect(recallOf(reader, [query], 10, (slot) => scores[slot]! <= most)).toBeGreaterThan(0.85)
  }
})
