import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admits, bruteForce, type Row } from './brute-force.fixture.ts'
import {
  type CountingRequest,
  createIndexReader,
  createIndexWriter,
  type IndexDocument,
  type IndexReader,
  type IndexSchema,
  type SearchRequest,
} from './index.ts'

const WORDS = ['a', 'b', 'c', 'dv7', '노트', 'é', '𝒳', 'rare', 'x y', '']
const VALUES = ['red', 'blue', 'Blue', '빨강', '𝒳', '\uffee', 'red > dark', 'red > light']
const word = fc.constantFrom(...WORDS)
const value = fc.constantFrom(...VALUES)
const number = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(0.5, 1e9))
// Some ids differ between the order of UTF-16 units and that of UTF-8 bytes.
const id = fc.constantFrom(
  '1',
  '2',
  '10',
  'é',
  'z',
  '\uffee',
  '𝒳',
  '𝒳1',
  ...Array.from({ length: 20 }, (_, at) => `p${at}`),
)

const schemaOf: fc.Arbitrary<IndexSchema> = fc
  .record({
    weights: fc.array(fc.constantFrom(1, 2, 2.5, 0.3, 7), { minLength: 1, maxLength: 4 }),
    k1: fc.constantFrom(1.2, 0, 2),
    b: fc.constantFrom(0.75, 0, 1),
  })
  .map(({ weights, k1, b }) => ({
    fields: weights.map((weight, field) => ({ name: `f${field}`, weight })),
    numbers: ['price', 'stock'],
    keywords: ['brand'],
    tags: ['category', 'attribute'],
    k1,
    b,
  }))

const columns = fc.record({
  numbers: fc.dictionary(fc.constantFrom('price', 'stock'), fc.option(number)),
  keywords: fc.dictionary(fc.constantFrom('brand'), fc.option(value)),
})

const documentOf = ({ fields }: IndexSchema): fc.Arbitrary<IndexDocument> =>
  fc
    .record({
      id,
      terms: fc.tuple(...fields.map(() => fc.array(word, { maxLength: 60, size: 'max' }))),
      columns,
      tags: fc.record({ category: fc.array(value, { maxLength: 3 }), attribute: fc.array(value, { maxLength: 6 }) }),
      stored: fc.uint8Array({ maxLength: 5 }),
    })
    .map(({ columns: { numbers, keywords }, ...rest }) => ({ ...rest, numbers, keywords }))

type Step =
  | { readonly do: 'add'; readonly document: IndexDocument }
  | { readonly do: 'delete'; readonly id: string }
  | {
      readonly do: 'update'
      readonly id: string
      readonly columns: { numbers: Record<string, number | null>; keywords: Record<string, string | null> }
    }
  | { readonly do: 'commit' | 'merge all' | 'merge some' }

const stepOf = (schema: IndexSchema): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ do: fc.constant('add' as const), document: documentOf(schema) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('update' as const), id, columns }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('commit' as const, 'merge some' as const, 'merge all' as const) }),
    },
  )

const filter = fc.oneof(
  fc.record({
    kind: fc.constant('keyword' as const),
    column: fc.constant('brand'),
    anyOf: fc.array(value, { maxLength: 3 }),
    not: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    set: fc.constant('attribute'),
    anyOf: fc.array(value, { maxLength: 12 }),
    not: fc.boolean(),
  }),
  fc.record(
    {
      kind: fc.constant('range' as const),
      column: fc.constant('price'),
      minimum: number,
      maximum: number,
      not: fc.boolean(),
    },
    { requiredKeys: ['kind', 'column'] },
  ),
  fc.record({ kind: fc.constant('ids' as const), anyOf: fc.array(id, { maxLength: 10 }), not: fc.boolean() }),
)

const facet = fc.oneof(
  fc.record({
    kind: fc.constant('keyword' as const),
    column: fc.constant('brand'),
    limit: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record(
    {
      kind: fc.constant('tag' as const),
      set: fc.constantFrom('attribute', 'category'),
      limit: fc.integer({ min: 0, max: 9 }),
      prefix: fc.constantFrom('', 'red > ', '빨'),
    },
    { requiredKeys: ['kind', 'set'] },
  ),
  fc.record({
    kind: fc.constant('ranges' as const),
    column: fc.constant('price'),
    edges: fc.uniqueArray(fc.integer({ min: -3, max: 6 })).map((edges) => edges.sort((a, b) => a - b)),
  }),
  fc.record({ kind: fc.constant('statistics' as const), column: fc.constant('stock') }),
)

const request: fc.Arbitrary<SearchRequest> = fc.record(
  {
    clauses: fc.array(
      fc.record({
        terms: fc.array(fc.record({ term: word, boost: fc.constantFrom(1, 0.5, 3) }, { requiredKeys: ['term'] }), {
          maxLength: 3,
        }),
      }),
      { maxLength: 4 },
    ),
    minimumClauses: fc.integer({ min: 1, max: 5 }),
    filters: fc.array(filter, { maxLength: 2 }),
    sort: fc.record({
      column: fc.constantFrom('price', 'brand'),
      order: fc.constantFrom('ascending' as const, 'descending' as const),
    }),
    facets: fc.array(facet, { maxLength: 4 }),
    limit: fc.integer({ min: 0, max: 8 }),
  },
  { requiredKeys: ['clauses', 'limit'] },
)

/** Plays the steps on an index and on a list; commits at the end. */
function play(schema: IndexSchema, steps: readonly Step[]) {
  const writer = createIndexWriter(schema, { flushDocuments: 7 })
  const reader = createIndexReader(schema)
  let rows: Row[] = []
  const live = (id: string) => rows.find((row) => row.isLive && row.document.id === id)
  const commit = () => {
    const publication = writer.commit()
    if (publication !== null) reader.apply(publication)
  }
  for (const step of steps) {
    if (step.do === 'add') {
      const before = live(step.document.id)
      if (before !== undefined) before.isLive = false
      writer.add(step.document)
      rows.push({
        document: step.document,
        numbers: new Map([...(before?.numbers ?? []), ...Object.entries(step.document.numbers ?? {})]),
        keywords: new Map([...(before?.keywords ?? []), ...Object.entries(step.document.keywords ?? {})]),
        isLive: true,
      })
    } else if (step.do === 'delete') {
      const row = live(step.id)
      expect(writer.delete(step.id)).toBe(row !== undefined)
      if (row !== undefined) row.isLive = false
    } else if (step.do === 'update') {
      const row = live(step.id)
      expect(writer.updateColumns(step.id, step.columns)).toBe(row !== undefined)
      for (const [name, number] of Object.entries(step.columns.numbers)) row?.numbers.set(name, number)
      for (const [name, text] of Object.entries(step.columns.keywords)) row?.keywords.set(name, text)
    } else if (step.do === 'commit') commit()
    else if (step.do === 'merge some') writer.mergeSome(0)
    else writer.mergeAll()
  }
  commit()
  rows = rows.filter((row) => row.isLive)
  const mergeAll = () => {
    writer.mergeAll()
    commit()
  }
  return { reader, rows, mergeAll }
}

const script = schemaOf.chain((schema) =>
  fc.record({
    schema: fc.constant(schema),
    steps: fc.array(stepOf(schema), { maxLength: 60, size: 'max' }),
    requests: fc.array(request, { minLength: 1, maxLength: 6 }),
    named: fc.option(fc.array(id, { maxLength: 12 }), { nil: undefined }),
  }),
)

/** The documents that a request names, if it names any: those of these ids that there are. */
const alsoOf = (reader: IndexReader, named: readonly string[] | undefined) =>
  named && { also: Uint32Array.from(named.flatMap((id) => reader.find(id) ?? [])) }

function bothPathsAgree(reader: IndexReader, { facets: _, sort: __, ...plain }: CountingRequest): void {
  const pruned = reader.search(plain)
  const exhaustive = reader.search({ ...plain, total: true })
  expect(pruned.refs).toEqual(exhaustive.refs)
  expect(pruned.scores).toEqual(exhaustive.scores)
}

test('answers as a list would, whatever was added, replaced, deleted, updated and merged', () => {
  fc.assert(
    fc.property(script, ({ schema, steps, requests, named }) => {
      const { reader, rows, mergeAll } = play(schema, steps)
      const oracle = bruteForce(schema, rows)
      for (const wanted of requests) {
        // Scores still count the dead; what is found, and counted, does not.
        const asked = { ...wanted, ...alsoOf(reader, named) }
        const { total, totalByClauses, facets } = reader.search({ ...asked, total: true })
        const { hits: _, ...counted } = oracle.search(wanted, named)
        expect({ total, totalByClauses, facets }).toEqual(counted)
        bothPathsAgree(reader, asked)
      }
      mergeAll()
      expect(reader.statistics()).toMatchObject({ documents: rows.length, deleted: 0 })
      for (const wanted of requests) {
        const expected = oracle.search(wanted, named)
        const asked = { ...wanted, ...alsoOf(reader, named) }
        const found = reader.search({ ...asked, total: true })
        expect(found.total).toBe(expected.total)
        expect(found.totalByClauses).toBe(expected.totalByClauses)
        expect(found.facets).toEqual(expected.facets)
        expect(found.ids()).toEqual(expected.hits.map(({ row }) => row.document.id))
        found.refs.forEach((ref, at) => {
          const { row, score } = expected.hits[at]!
          expect(found.scores[at]).toBeCloseTo(score, 5)
          const exact = new Float64Array(1)
          reader.scores(Uint32Array.of(ref), wanted, exact)
          expect(Math.abs(exact[0]! - oracle.score(row, wanted))).toBeLessThan(1e-9)
          const explained = reader.explain(ref, wanted)
          const decided = oracle.clauseScores(row, wanted)
          expect(explained).toHaveLength(decided.length)
          for (const [at, { score }] of explained.entries()) expect(Math.abs(score - decided[at]!)).toBeLessThan(1e-9)
          expect(new Uint8Array(reader.stored(ref))).toEqual(row.document.stored)
          expect(reader.number(ref, 'price')).toBe(row.numbers.get('price') ?? Number.NaN)
          expect(reader.keyword(ref, 'brand')).toBe(row.keywords.get('brand') ?? null)
          expect(reader.find(row.document.id)).toBe(ref)
        })
        bothPathsAgree(reader, asked)
      }
    }),
    { numRuns: 300 },
  )
})

test('tells of single documents and of lists what filters admit, as a list would', () => {
  const filters = fc.array(filter, { maxLength: 4 })
  fc.assert(
    fc.property(script, filters, fc.integer({ min: 0, max: 30 }), ({ schema, steps }, wanted, most) => {
      const { reader, rows } = play(schema, steps)
      const all = Uint32Array.from(rows, ({ document }) => reader.find(document.id)!)
      const isAdmitted = (row: Row) => wanted.every((each) => admits(row, each))
      const test = reader.admits(wanted)
      expect(Array.from(all, test)).toEqual(rows.map(isAdmitted))
      expect(test(1e9)).toBe(false)
      const expected = all.filter((_, at) => isAdmitted(rows[at]!)).toSorted()
      expect(reader.admitted(wanted, most)).toEqual(expected.length > most ? null : expected)
      const met = new Uint32Array(all.length)
      reader.meets(all, wanted, met)
      expect(Array.from(met)).toEqual(
        rows.map((row) => wanted.reduce((bits, each, at) => bits | (Number(admits(row, each)) << at), 0)),
      )
    }),
  )
})

test('counts over everything in slices as it does at once', () => {
  fc.assert(
    fc.property(script, fc.array(facet, { maxLength: 4 }), ({ schema, steps }, facets) => {
      const { reader } = play(schema, steps)
      const slices = reader.facetsOfAll(facets, [])
      let slice = slices.next()
      while (!slice.done) slice = slices.next()
      expect(slice.value.facets).toEqual(reader.search({ clauses: [], limit: 0, facets }).facets)
    }),
  )
})
