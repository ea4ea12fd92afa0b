import type { Product } from '@eip/contracts'
import { aProduct } from '@eip/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Filter, mostWishes, type NumberColumn, type RetrievalRequest } from '../product-index.port.ts'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { admits, admitted, columnOf } from './brute-force.ts'
import { catalogue } from './catalogue.ts'
import { expectedFacets, facets } from './facet-laws.ts'
import { filter, requestFor, wanted } from './filter-laws.ts'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, emptied, withIndex } from './requests.ts'
import { cosine, dimensions, embedded, encoder, meaning, tolerance } from './vectors.ts'

const component = fc.integer({ min: -3, max: 3 })
const vector = fc
  .array(component, { minLength: dimensions, maxLength: dimensions })
  .filter((values) => values.some((value) => value !== 0))
  .map((values) => Float32Array.from(values))

/** Of products 0 to 44, of which a catalogue has forty at most: some vectors have no product, some products no vector. */
const vectorsOf = fc.array(fc.option(vector, { nil: null }), { minLength: 45, maxLength: 45 })

const question = fc.record({
  wish: wanted,
  wishes: fc.array(filter, { maxLength: 4 }),
  values: vector,
  nearest: fc.constantFrom(0, 1, 3, 10, 1_000),
  floor: fc.constantFrom(-1, 0, 0.4),
  order: fc.constantFrom(
    'score' as const,
    { column: 'price', direction: 'ascending' } as const,
    { column: 'rating', direction: 'descending' } as const,
  ),
  limit: fc.constantFrom(0, 1, 3, 10, 1_000),
})
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never

/** What is known of every product by itself. */
type Known = Readonly<{ cosines: ReadonlyMap<string, number>; textScores: ReadonlyMap<string, number> }>

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/** The products that are nearest, told one by one: exact, whatever order or page is asked for. */
function nearestOf(products: readonly Product[], { wish, nearest, floor }: Question, { cosines }: Known): Product[] {
  return admitted(products, { ...wish, words: null })
    .filter(({ id }) => (cosines.get(id) ?? Number.NEGATIVE_INFINITY) >= floor)
    .toSorted((a, b) => cosines.get(b.id)! - cosines.get(a.id)! || byId(a, b))
    .slice(0, nearest)
}

function byColumn(products: readonly Product[], column: NumberColumn, direction: string): Product[] {
  const sign = direction === 'ascending' ? 1 : -1
  return products.toSorted((a, b) => {
    const [one, other] = [columnOf[column](a), columnOf[column](b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byId(a, b)
    return sign * (one - other) || byId(a, b)
  })
}

/** Cosines of all products, once; they are within the precision of half floats of those of the vectors that are held. */
async function knownOf(index: ProductIndex, { values, wish }: Question): Promise<Known> {
  const all = await index.reader.retrieve(asking({ vector: meaning(values) }))
  const cosines = new Map(all.ids.map((id, at) => [id, all.vectorScores![at]!]))
  for (const [id, score] of cosines) {
    const vector = await index.reader.vectorOf(id, encoder)
    expect(Math.abs(cosine(vector!, values) - score)).toBeLessThan(tolerance)
  }
  const query = wish.words && analysed(wish.words.join(' '))
  const matches = query && (await index.reader.retrieve(asking({ query })))
  const textScores = new Map(matches?.ids.map((id, at) => [id, matches.textScores[at]!]))
  return { cosines, textScores }
}

const bitsOf = (wishes: readonly Filter[], product: Product) =>
  wishes.reduce((bits, each, at) => bits | (Number(admits(each, product)) << at), 0)

export function hybridLaws(openHarness: OpenHarness): void {
  it('is words and meaning together as told product by product: ids, totals, facets, orders, scores, wishes, pages', () =>
    withIndex(openHarness, async (index) => {
      let version = 0
      const ask = async (products: readonly Product[], asked: Question) => {
        const { wish, wishes, values, nearest, floor, order, limit } = asked
        const known = await knownOf(index, asked)
        const words = wish.words === null ? [] : admitted(products, wish)
        const near = nearestOf(products, asked, known)
        const all = new Set([...words, ...near])
        const request: RetrievalRequest = asking({
          ...requestFor(wish),
          ...{ wishes, order, limit, facets, columns: ['price'] },
          vector: meaning(values, { nearest, floor }),
        })
        const answer = await index.reader.retrieve(request)
        expect(answer.total).toBe(all.size)
        expect(answer.totalByWords).toBe(words.length)
        expect(answer.facets).toEqual(expectedFacets([...all]))
        const scoreOf = ({ id }: Product) => known.textScores.get(id) ?? 0
        const best = words.toSorted((a, b) => scoreOf(b) - scoreOf(a) || byId(a, b)).slice(0, limit)
        const expected =
          order === 'score'
            ? [...new Set([...best, ...near])]
            : byColumn([...all], order.column, order.direction).slice(0, limit)
        expect(answer.ids).toEqual(expected.map(({ id }) => id))
        expect([...answer.textScores]).toEqual(expected.map(scoreOf))
        expect([...answer.vectorScores!]).toEqual(expected.map(({ id }) => known.cosines.get(id) ?? Number.NaN))
        expect([...answer.wishes]).toEqual(expected.map((product) => bitsOf(wishes, product)))
        expect([...answer.columns.price!]).toEqual(expected.map((product) => columnOf.price(product) ?? Number.NaN))
      }
      const check = async (
        products: readonly Product[],
        vectors: readonly (Float32Array | null)[],
        questions: readonly Question[],
      ) => {
        await index.writer.apply(changesOf(products, ++version), {})
        const changes = vectors.map((each, number) => embedded(`p${number}`, version, each))
        await index.writer.applyVectors(
          [...changes, embedded('nobody', version, Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0))],
          {},
        )
        for (const each of questions) await ask(products, each)
        await emptied(index, ++version)
      }
      await fc.assert(
        fc.asyncProperty(catalogue, vectorsOf, fc.array(question, { minLength: 1, maxLength: 6 }), check),
        { numRuns: 150 },
      )
    }))

  it('says of every candidate which wishes it meets, with and without a vector, and leaves out none for it', () =>
    withIndex(openHarness, async (index) => {
      const red = aProduct({ id: 'a', brand: 'Acme', attributes: { colour: ['red'] } })
      await index.writer.apply(changesOf([red, aProduct({ id: 'b', brand: 'Acme' }), aProduct({ id: 'c' })]), {})
      const colour = { kind: 'attribute', name: 'colour', anyOf: ['red'] } as const
      const brand = { kind: 'keyword', column: 'brand', anyOf: ['Acme'] } as const
      const nothing = { kind: 'ids', anyOf: [] } as const
      const { ids, wishes } = await index.reader.retrieve(asking({ wishes: [nothing, colour, brand] }))
      expect({ ids, wishes: [...wishes] }).toEqual({ ids: ['a', 'b', 'c'], wishes: [0b110, 0b100, 0] })
      const many = Array.from({ length: mostWishes }, () => brand)
      const all = await index.reader.retrieve(asking({ wishes: many }))
      expect([...all.wishes]).toEqual([2 ** mostWishes - 1, 2 ** mostWishes - 1, 0])
      await expect(index.reader.retrieve(asking({ wishes: [...many, brand] }))).rejects.toMatchObject({
        code: 'product-index.too-many-wishes',
      })
    }))
}
