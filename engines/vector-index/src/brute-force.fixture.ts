import { seededRandom } from '@eip/kernel'
import type { GeneratedVectors } from './generated-vectors.fixture.ts'
import { createVectorIndexReader, type VectorIndexReader, type VectorIndexWriter } from './index.ts'
import type { VectorPrecision } from './layout.ts'

export const finish = (writer: VectorIndexWriter): VectorIndexWriter => {
  while (writer.work(1_000));
  return writer
}

/** A reader of all that the writer holds. */
export function readerOf(
  writer: VectorIndexWriter,
  dimensions: number,
  precision?: VectorPrecision,
): VectorIndexReader {
  const reader = createVectorIndexReader({ dimensions, ...(precision === undefined ? {} : { precision }) })
  writer.commit()
  reader.apply(writer.publication())
  return reader
}

/** All live slots that are admitted, best first, ties by the id's code points; scores as the index computes them. */
export function ranked(
  reader: VectorIndexReader,
  ids: Iterable<string>,
  query: Float32Array,
): readonly { id: string; score: number }[] {
  const list = [...ids]
  const scores = new Float64Array(list.length)
  reader.scores(
    query,
    Int32Array.from(list, (id) => reader.find(id)),
    scores,
  )
  return list
    .map((id, at) => ({ id, score: scores[at]! }))
    .sort((left, right) => right.score - left.score || Buffer.compare(Buffer.from(left.id), Buffer.from(right.id)))
}

/** Results with their ids. */
export const found = (reader: VectorIndexReader, result: { slots: Int32Array; scores: Float64Array }) =>
  Array.from(result.slots, (slot, at) => ({ id: reader.idOf(slot), score: result.scores[at]! }))

/** Queries near some of the vectors. */
export function queriesNear(vectors: GeneratedVectors, count: number, seed: number): Float32Array[] {
  const { integer, next } = seededRandom(seed)
  return Array.from({ length: count }, () => vectors.at(integer(vectors.count)).map((value) => value + next() - 0.5))
}

/** The share of the true best k (by score) among what is found. */
export function recallOf(
  reader: VectorIndexReader,
  queries: readonly Float32Array[],
  k: number,
  admits?: (slot: number) => boolean,
): number {
  const slots = Int32Array.from({ length: reader.slots }, (_, slot) => slot).filter(
    (slot) => reader.find(reader.idOf(slot)) === slot && (admits?.(slot) ?? true),
  )
  const scores = new Float64Array(slots.length)
  const filter =
    admits === undefined
      ? {}
      : { filter: { admits, admitted: (most: number) => (slots.length <= most ? slots : null) } }
  let hits = 0
  for (const query of queries) {
    reader.scores(query, slots, scores)
    const least = scores.slice().sort().at(-k)!
    for (const score of reader.search(query, { k, ...filter }).scores) if (score >= least) hits++
  }
  return hits / (queries.length * k)
}
