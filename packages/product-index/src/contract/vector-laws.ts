import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'
import { analysed, asking, changesOf, found, withIndex } from './requests.ts'
import { cosine, embedded, encoder, meaning, tolerance, vectorOf } from './vectors.ts'

const products = (...ids: string[]) => changesOf(ids.map((id) => aProduct({ id, title: `plum ${id}`, language: 'en' })))
const north = vectorOf(1)
const east = vectorOf(0, 1)
const northEast = vectorOf(1, 1)

const nearest = (index: ProductIndex, values: Float32Array) => found(index, { vector: meaning(values) })
const held = ({ reader }: ProductIndex) => reader.statistics().encoders
const first = async (index: ProductIndex, id: string) => (await index.reader.vectorOf(id, encoder))?.[0] ?? null

export function vectorLaws(openHarness: OpenHarness): void {
  it('finds products by the nearness of their vectors, best first', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a', 'b', 'c', 'd'), {})
      await index.writer.applyVectors(
        [embedded('a', 1, north), embedded('b', 1, east), embedded('c', 1, northEast)],
        {},
      )
      expect(await nearest(index, vectorOf(3, 1))).toEqual(['a', 'c', 'b'])
      expect(await nearest(index, vectorOf(1, 3))).toEqual(['b', 'c', 'a'])
      const { ids, vectorScores, textScores, total, totalByWords } = await index.reader.retrieve(
        asking({ vector: meaning(vectorOf(3, 1), { nearest: 2 }) }),
      )
      expect({ ids, total, totalByWords }).toEqual({ ids: ['a', 'c'], total: 2, totalByWords: 0 })
      expect([...textScores]).toEqual([0, 0])
      expect(Math.abs(vectorScores![1]! - cosine(vectorOf(3, 1), northEast))).toBeLessThan(tolerance)
    }))

  it('keeps out of the answer what is below the floor', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a', 'b', 'c'), {})
      await index.writer.applyVectors(
        [embedded('a', 1, north), embedded('b', 1, east), embedded('c', 1, northEast)],
        {},
      )
      expect(await found(index, { vector: meaning(north, { floor: 0.5 }) })).toEqual(['a', 'c'])
      expect(await found(index, { vector: meaning(north, { floor: 0.9 }) })).toEqual(['a'])
      expect(await found(index, { vector: meaning(north, { nearest: 0 }) })).toEqual([])
    }))

  it('takes a vector only if it is newer than what it holds, a deleted one as well', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a'), {})
      await index.writer.applyVectors([embedded('a', 2, north)], {})
      await index.writer.applyVectors([embedded('a', 1, east)], {})
      await index.writer.applyVectors([embedded('a', 2, east)], {})
      expect(await first(index, 'a')).toBe(1)
      await index.writer.applyVectors([embedded('a', 4, null)], {})
      expect(await first(index, 'a')).toBeNull()
      await index.writer.applyVectors([embedded('a', 3, north)], {})
      expect(await nearest(index, north)).toEqual([])
      await index.writer.applyVectors([embedded('a', 5, east)], {})
      expect(await first(index, 'a')).toBe(0)
    }))

  it('takes the newest vector of one product when a batch holds several, in any order, and the same when all come again', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a', 'b'), {})
      const batch = [
        embedded('a', 3, vectorOf(3, 1)),
        embedded('a', 1, north),
        embedded('b', 2, null),
        embedded('a', 4, east),
        embedded('b', 1, north),
        embedded('a', 2, northEast),
      ]
      for (const changes of [batch, batch, batch.toReversed()]) {
        await index.writer.applyVectors(changes, {})
        expect(await first(index, 'a')).toBe(0)
        expect(await nearest(index, north)).toEqual(['a'])
        expect(held(index)).toMatchObject([{ vectors: 1 }])
      }
    }))

  it('keeps versions by encoder and product', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a'), {})
      await index.writer.applyVectors([embedded('a', 7, north), embedded('a', 1, east, 'other')], {})
      expect(await index.reader.vectorOf('a', 'other')).toEqual(east)
      expect(await index.reader.vectorOf('a', encoder)).toEqual(north)
      expect(await index.reader.vectorOf('a', 'nobody')).toBeNull()
      expect(await index.reader.vectorOf('nobody', encoder)).toBeNull()
    }))

  it('shows applied vectors to the next query, and never half of a batch', () =>
    withIndex(openHarness, async (index) => {
      const ids = Array.from({ length: 300 }, (_, i) => `p${i}`)
      await index.writer.apply(products(...ids), {})
      const turn = (version: number) => ids.map((id) => embedded(id, version, version % 2 ? north : east))
      await index.writer.applyVectors(turn(1), {})
      for (let version = 2; version <= 6; version++) {
        const state = { isApplied: false }
        const applied = index.writer.applyVectors(turn(version), {}).then(() => {
          state.isApplied = true
        })
        while (!state.isApplied) {
          const { vectorScores } = await index.reader.retrieve(asking({ vector: meaning(north) }))
          expect(vectorScores).toHaveLength(300)
          expect(new Set(vectorScores).size).toBe(1)
          await new Promise(setImmediate)
        }
        await applied
        const { vectorScores } = await index.reader.retrieve(asking({ vector: meaning(north) }))
        expect(vectorScores![0]).toBe(version % 2)
      }
    }))

  it('takes a vector before its product, finds it with the product, and keeps it when the product goes', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.applyVectors([embedded('a', 1, north)], {})
      expect(await nearest(index, north)).toEqual([])
      expect(held(index)).toMatchObject([{ vectors: 1 }])
      await index.writer.apply([{ id: 'a', version: 1, product: aProduct({ id: 'a' }) }], {})
      expect(await nearest(index, north)).toEqual(['a'])
      await index.writer.apply([{ id: 'a', version: 2, product: null }], {})
      expect(await index.reader.retrieve(asking({ vector: meaning(north) }))).toMatchObject({ total: 0, ids: [] })
      await index.writer.apply([{ id: 'a', version: 3, product: aProduct({ id: 'a' }) }], {})
      expect(await nearest(index, north)).toEqual(['a'])
    }))

  it('never finds an inactive product by its vector, and the next one in its place', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(products('a', 'b'), {})
      await index.writer.applyVectors([embedded('a', 1, north), embedded('b', 1, northEast)], {})
      await index.writer.apply([{ id: 'a', version: 2, product: aProduct({ id: 'a', active: false }) }], {})
      expect(await found(index, { vector: meaning(north, { nearest: 1 }) })).toEqual(['b'])
    }))

  it('replaces a vector while products are replaced, over and over', () =>
    withIndex(openHarness, async (index) => {
      for (let version = 1; version <= 60; version++) {
        await index.writer.apply([{ id: 'a', version, product: aProduct({ id: 'a', title: `turn${version}` }) }], {})
        await index.writer.applyVectors([embedded('a', version, vectorOf(1, version % 3))], {})
        const { ids, vectorScores } = await index.reader.retrieve(
          asking({ query: analysed(`turn${version}`), vector: meaning(north) }),
        )
        expect(ids).toEqual(['a'])
        expect(Math.abs(vectorScores![0]! - cosine(north, vectorOf(1, version % 3)))).toBeLessThan(tolerance)
      }
      expect(held(index)).toMatchObject([{ vectors: 1 }])
    }))
}
