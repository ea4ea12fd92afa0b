import { seededRandom } from '@eip/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finish, found, ranked, readerOf } from './brute-force.fixture.ts'
import { uniformVectors } from './generated-vectors.fixture.ts'
import { createVectorIndexReader, createVectorIndexWriter, type SlotFilter, type VectorIndexReader } from './index.ts'

const DIMENSIONS = 8
const make = () => createVectorIndexWriter({ dimensions: DIMENSIONS, connections: 4, construction: 16 })
const pool = uniformVectors(60, DIMENSIONS, 3)

const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ set: fc.integer({ max: 39, min: 0 }), vector: fc.integer({ max: 59, min: 0 }) }),
  },
  { weight: 2, arbitrary: fc.record({ remove: fc.integer({ max: 39, min: 0 }) }) },
  { weight: 1, arbitrary: fc.constantFrom('work' as const, 'commit' as const) },
)

const filterOf = (reader: VectorIndexReader, admits: (id: string) => boolean): SlotFilter => {
  const ids = Array.from({ length: reader.slots }, (_, slot) => admits(reader.idOf(slot)))
  const list = Int32Array.from(ids.keys()).filter((slot) => ids[slot])
  return {
    admits: (slot) => ids[slot] === true,
    admitted: (most) => (list.length <= most ? list : null),
  }
}

it.each(['f16', 'i8'] as const)('finds what looking at all finds, whatever was set and removed, in %s', (precision) => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 120 }),
      fc.integer({ min: 0, max: 59 }),
      fc.nat(50),
      (changes, query, k) => {
        const writer = createVectorIndexWriter({ dimensions: DIMENSIONS, connections: 4, construction: 16, precision })
        const model = new Map<string, number>()
        for (const each of changes) {
          if (each === 'work') finish(writer)
          else if (each === 'commit') writer.commit()
          else if ('remove' in each) expect(writer.remove(`é${each.remove}`)).toBe(model.delete(`é${each.remove}`))
          else {
            writer.set(`é${each.set}`, pool.at(each.vector))
            model.set(`é${each.set}`, each.vector)
          }
        }
        expect(writer.size).toBe(model.size)
        const reader = readerOf(writer, DIMENSIONS, precision)
        expect(reader.size).toBe(model.size)
        const expected = ranked(reader, model.keys(), pool.at(query))
        expect(expected.every(({ score }) => !Number.isNaN(score))).toBe(true)
        expect(found(reader, reader.search(pool.at(query), { k }))).toEqual(expected.slice(0, k))
        const isEven = (id: string) => Number(id.slice(1)) % 2 === 0
        const filter = filterOf(reader, isEven)
        const even = expected.filter(({ id }) => isEven(id))
        expect(found(reader, reader.search(pool.at(query), { k, filter }))).toEqual(even.slice(0, k))
        const unlisted = { ...filter, admitted: () => null }
        expect(found(reader, reader.search(pool.at(query), { k, filter: unlisted }))).toEqual(even.slice(0, k))
        const floor = expected[3]?.score ?? 0
        const above = expected.filter(({ score }) => score >= floor)
        expect(found(reader, reader.search(pool.at(query), { k, floor }))).toEqual(above.slice(0, k))
        for (const [id, at] of model)
          expect(cosine(reader.vector(reader.find(id)), pool.at(at))).toBeGreaterThan(0.9999)
      },
    ),
    { numRuns: 150 },
  )
})

function cosine(left: Float32Array, right: Float32Array): number {
  let [both, lefts, rights] = [0, 0, 0]
  for (let at = 0; at < left.length; at++) {
    both += left[at]! * right[at]!
    lefts += left[at]! ** 2
    rights += right[at]! ** 2
  }
  return both / Math.sqrt(lefts * rights)
}

describe('what a reader sees', () => {
  it('is nothing before it applies a publication', () => {
    const reader = createVectorIndexReader({ dimensions: DIMENSIONS })
    expect([reader.size, reader.slots, reader.find('p')]).toEqual([0, 0, -1])
    expect(reader.search(pool.at(0), { k: 5 }).slots).toHaveLength(0)
    const into = new Float64Array(1)
    reader.scores(pool.at(0), Int32Array.of(-1), into)
    expect(into[0]).toBeNaN()
  })

  it('is nothing in an empty index', () => {
    const reader = readerOf(make(), DIMENSIONS)
    expect(reader.search(pool.at(0), { k: 5 }).slots).toHaveLength(0)
  })

  it('stays as it was until it applies the next publication, and then is that, sent or not', () => {
    const writer = make()
    writer.set('a', pool.at(0))
    writer.set('b', pool.at(1))
    const reader = readerOf(writer, DIMENSIONS)
    const slot = reader.find('a')
    writer.set('a', pool.at(2))
    writer.remove('b')
    writer.set('c', pool.at(3))
    finish(writer)
    const publication = writer.commit()!
    expect(
      found(reader, reader.search(pool.at(0), { k: 9 }))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b'])
    expect(reader.find('a')).toBe(slot)
    expect(reader.find('c')).toBe(-1)
    expect(cosine(reader.vector(slot), pool.at(0))).toBeGreaterThan(0.9999)
    reader.apply(structuredClone(publication))
    expect(
      found(reader, reader.search(pool.at(0), { k: 9 }))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'c'])
    expect(cosine(reader.vector(reader.find('a')), pool.at(2))).toBeGreaterThan(0.9999)
    expect(reader.find('b')).toBe(-1)
  })

  it('gives scores of any slots, and none for -1', () => {
    const writer = make()
    for (let at = 0; at < 20; at++) writer.set(`p${at}`, pool.at(at))
    const reader = readerOf(writer, DIMENSIONS)
    const into = new Float64Array(3)
    reader.scores(pool.at(4), Int32Array.of(reader.find('p4'), -1, reader.find('p7')), into)
    expect(into[0]).toBeCloseTo(1, 3)
    expect(into[1]).toBeNaN()
    expect(into[2]).toBeCloseTo(cosine(pool.at(4), pool.at(7)), 3)
  })

  it('is ordered by id where scores are equal', () => {
    const writer = make()
    const ids = ['b', 'Z', '\u{1f600}', 'é', '', 'ａ', 'aa']
    for (const id of ids) writer.set(id, pool.at(0))
    const reader = readerOf(writer, DIMENSIONS)
    const results = found(reader, reader.search(pool.at(0), { k: 5 })).map(({ id }) => id)
    expect(results).toEqual(['', 'Z', 'aa', 'b', 'é'])
  })
})

describe('a writer', () => {
  it('has nothing to publish where nothing changed, nor where the same vector comes again', () => {
    const writer = make()
    expect(writer.commit()).toBeNull()
    writer.set('a', pool.at(0))
    expect(writer.commit()?.size).toBe(1)
    expect(writer.commit()).toBeNull()
    writer.set(
      'a',
      pool.at(0).map((value) => value * 2),
    )
    expect(writer.commit()).toBeNull()
    expect(writer.remove('b')).toBe(false)
    expect(writer.commit()).toBeNull()
    expect(writer.remove('a')).toBe(true)
    expect(writer.commit()?.size).toBe(0)
  })

  it('takes one slot for an id that is set again and again before anyone sees it', () => {
    const writer = make()
    for (let at = 0; at < 50; at++) writer.set('a', pool.at(at))
    expect(writer.statistics()).toMatchObject({ vectors: 1, removed: 0, unlinked: 1 })
    const reader = readerOf(writer, DIMENSIONS)
    expect(cosine(reader.vector(reader.find('a')), pool.at(49))).toBeGreaterThan(0.9999)
  })

  it('frees the room of what was removed, and says what it holds', () => {
    const writer = make()
    const { next } = seededRandom(2)
    const vector = () => Float32Array.from({ length: DIMENSIONS }, () => next() - 0.5)
    for (let at = 0; at < 1000; at++) writer.set(`p${at}`, vector())
    finish(writer).commit()
    const { bytes } = writer.statistics()
    for (let at = 0; at < 990; at++) writer.remove(`p${at}`)
    expect(writer.statistics()).toMatchObject({ vectors: 10, removed: 990, unlinked: 0 })
    const reader = createVectorIndexReader({ dimensions: DIMENSIONS })
    reader.apply(writer.publication())
    expect(reader.size).toBe(1000)
    finish(writer)
    expect(writer.statistics()).toMatchObject({ vectors: 10, removed: 0, unlinked: 0 })
    expect(writer.statistics().bytes).toBeLessThan(bytes / 10)
    // Whoever reads the old memories still finds all in them.
    expect(reader.search(pool.at(0), { k: 2000 }).slots).toHaveLength(1000)
    reader.apply(writer.commit()!)
    expect(
      found(reader, reader.search(pool.at(0), { k: 20 }))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(Array.from({ length: 10 }, (_, at) => `p${990 + at}`))
  })

  it('goes on from nothing after everything was removed', () => {
    const writer = make()
    for (let at = 0; at < 60; at++) writer.set(`p${at}`, pool.at(at))
    finish(writer)
    for (let at = 0; at < 60; at++) writer.remove(`p${at}`)
    finish(writer)
    for (let at = 0; at < 60; at++) writer.set(`q${at}`, pool.at(at))
    const reader = readerOf(finish(writer), DIMENSIONS)
    expect(reader.search(pool.at(0), { k: 60 }).slots).toHaveLength(60)
  })
})

describe('bad input is refused by name', () => {
  const refusal = (run: () => unknown) => {
    try {
      run()
    } catch (error) {
      return error
    }
    return null
  }
  const vector = (...values: number[]) => Float32Array.from({ length: DIMENSIONS }, (_, at) => values[at] ?? 0)

  it.each([
    ['of another length', new Float32Array(7).fill(1), '7 dimensions, not 8'],
    ['with NaN in it', vector(1, Number.NaN), 'component 1 of the vector is NaN'],
    ['with infinity in it', vector(1, 2, Number.NEGATIVE_INFINITY), 'component 2 of the vector is -Infinity'],
    ['of zeros', vector(), 'all components of the vector are zero'],
  ])('a vector %s', (_, bad, message) => {
    const writer = make()
    writer.set('a', vector(1))
    const reader = readerOf(writer, DIMENSIONS)
    for (const run of [
      () => writer.set('a', bad),
      () => reader.search(bad, { k: 1 }),
      () => reader.scores(bad, Int32Array.of(0), new Float64Array(1)),
    ])
      expect(refusal(run)).toMatchObject({ code: 'vector-index.bad-vector', message: expect.stringContaining(message) })
    expect(writer.commit()).toBeNull()
  })

  it.each([{ k: -1 }, { k: 1.5 }, { k: 1, floor: Number.NaN }, { k: 1, effort: 0 }])('a request of %o', (request) => {
    const reader = readerOf(make(), DIMENSIONS)
    expect(refusal(() => reader.search(vector(1), request))).toMatchObject({ code: 'vector-index.bad-request' })
  })

  it('vectors as long and as short as numbers reach are taken', () => {
    const writer = make()
    writer.set('long', vector(3e38, 3e38))
    writer.set('short', vector(1e-45, 1e-45))
    const reader = readerOf(writer, DIMENSIONS)
    expect(Array.from(reader.search(vector(1, 1), { k: 2 }).scores, (score) => Math.round(score * 1000))).toEqual([
      1000, 1000,
    ])
  })

  it('options, slots and publications that do not fit', () => {
    for (const options of [{ dimensions: 7 }, { dimensions: 8, connections: 1 }, { dimensions: 8, construction: 4 }])
      expect(refusal(() => createVectorIndexWriter(options))).toMatchObject({ code: 'vector-index.bad-options' })
    const reader = readerOf(make(), DIMENSIONS)
    expect(refusal(() => reader.idOf(0))).toMatchObject({ code: 'vector-index.unknown-slot' })
    expect(refusal(() => reader.vector(-1))).toMatchObject({ code: 'vector-index.unknown-slot' })
    const other = createVectorIndexWriter({ dimensions: 16 }).publication()
    expect(refusal(() => reader.apply(other))).toMatchObject({ code: 'vector-index.publication-mismatch' })
  })
})
