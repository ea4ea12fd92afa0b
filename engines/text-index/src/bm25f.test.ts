import { expect, test } from 'vitest'
import { collectionStatistics, combinedLength, inverseDocumentFrequency } from './bm25f.ts'
import { createIndexReader, createIndexWriter, type IndexSchema } from './index.ts'

const SCHEMA: IndexSchema = {
  fields: [
    { name: 'title', weight: 2 },
    { name: 'body', weight: 1 },
  ],
  numbers: [],
  keywords: [],
  tags: [],
}

function openIndex(documents: Record<string, readonly [string, string]>) {
  const writer = createIndexWriter(SCHEMA)
  const reader = createIndexReader(SCHEMA)
  const split = (text: string) => text.split(' ').filter((word) => word !== '')
  for (const [id, texts] of Object.entries(documents))
    writer.add({ id, terms: texts.map(split), stored: Buffer.from(id) })
  reader.apply(writer.commit()!)
  return { writer, reader }
}

test('scores a small example as worked out by hand from the formula of CombinedFieldQuery', () => {
  const { reader } = openIndex({
    d1: ['red shoe', 'a red shoe for running'],
    d2: ['blue shoe', ''],
    d3: ['', 'red'],
  })
  // N = max(docCount) = max(2, 2); docFreq(red) = max(title 1, body 2); sumTotalTermFreq = 2 · 4 + 1 · 6 = 14
  const idf = Math.log(1 + (2 - 2 + 0.5) / (2 + 0.5))
  const averageLength = 14 / 2
  const saturate = (frequency: number, length: number) =>
    frequency / (frequency + 1.2 * (1 - 0.75 + (0.75 * length) / averageLength))
  const found = reader.search({ clauses: [{ terms: [{ term: 'red' }] }], limit: 10 })
  expect(found.ids()).toEqual(['d3', 'd1'])
  // d1: tf = 2 · 1 + 1 · 1, length = 2 · 2 + 1 · 5; d3: tf = 1, length = 1
  expect(found.scores[1]).toBeCloseTo(idf * saturate(3, 9), 6)
  expect(found.scores[0]).toBeCloseTo(idf * saturate(1, 1), 6)
  expect(reader.explain(found.refs[1]!, { clauses: [{ terms: [{ term: 'red' }, { term: 'blue' }] }] })).toEqual([
    {
      term: 'red',
      boost: 1,
      documentFrequency: 2,
      inverseDocumentFrequency: idf,
      termFrequency: 3,
      length: 9,
      averageLength,
      score: expect.closeTo(idf * saturate(3, 9), 11),
    },
  ])
})

test('a clause scores by its best term, clauses add up, and the explanation names the terms that decide', () => {
  const { reader } = openIndex({
    both: ['case cases', ''],
    first: ['case other', ''],
    second: ['cases other', ''],
    red: ['red red', 'cases'],
  })
  const clauses = [
    { terms: [{ term: 'cases' }, { term: 'case', boost: 0.9 }] },
    { terms: [{ term: 'red' }, { term: 'absent' }] },
  ]
  const explain = (id: string) => reader.explain(reader.find(id)!, { clauses })
  const scoreOf = (id: string) => {
    const found = reader.search({ clauses, limit: 10, total: true })
    return found.scores[found.ids().indexOf(id)]!
  }
  const caseAlone = explain('first')[0]!.score
  const casesAlone = explain('second')[0]!.score
  expect(caseAlone).toBeCloseTo(0.9 * casesAlone, 9)
  expect(scoreOf('both')).toBeCloseTo(casesAlone, 6)
  expect(explain('both').map(({ term }) => term)).toEqual(['cases'])
  expect(explain('red').map(({ term }) => term)).toEqual(['cases', 'red'])
  expect(scoreOf('red')).toBeCloseTo(explain('red')[0]!.score + explain('red')[1]!.score, 6)
})

test('of terms that score the same the first of the clause explains it', () => {
  const { reader } = openIndex({ d1: ['fine good', ''] })
  const named = (...terms: string[]) =>
    reader
      .explain(reader.find('d1')!, { clauses: [{ terms: terms.map((term) => ({ term })) }] })
      .map(({ term }) => term)
  expect(named('fine', 'good')).toEqual(['fine'])
  expect(named('good', 'fine')).toEqual(['good'])
})

test('encodes the length of each field, and then their weighted sum again', () => {
  // 43 is kept as 42, 100 as 96: 2 · 42 + 96 = 180, which is kept as 168.
  expect(combinedLength([2, 1], [43, 100], 0)).toBe(combinedLength([1], [168], 0))
})

test('drops what fractional weights leave of the sum of lengths, as adding into a long does', () => {
  expect(collectionStatistics([1.5, 0.3], [3, 5], [3, 7])).toEqual({ documents: 5, averageLength: 6 / 5 })
})

test('never gives a negative idf', () => {
  expect(inverseDocumentFrequency(10, 10)).toBeGreaterThan(0)
})

test('counts deleted documents in the statistics until they are merged away', () => {
  const documents = { d1: ['red', ''], d2: ['red', ''], d3: ['blue', ''] } as const
  const { writer, reader } = openIndex(documents)
  const clauses = [{ terms: [{ term: 'red' }] }]
  const frequency = () => reader.explain(reader.find('d2')!, { clauses })[0]!.documentFrequency
  writer.delete('d1')
  reader.apply(writer.commit()!)
  expect(frequency()).toBe(2)
  expect(reader.statistics()).toMatchObject({ documents: 2, deleted: 1 })
  writer.mergeAll()
  reader.apply(writer.commit()!)
  expect(frequency()).toBe(1)
  expect(reader.statistics()).toMatchObject({ documents: 2, deleted: 0, segments: 1 })
})
