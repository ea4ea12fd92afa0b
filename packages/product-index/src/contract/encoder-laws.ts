import { aProduct } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { ProductIndex } from '../product-index-writer.port.ts'
import type { OpenHarness } from './harness.ts'
import { asking, changesOf, found, withIndex } from './requests.ts'
import { dimensions, embedded, encoder, meaning, textOf, vectorOf } from './vectors.ts'

const north = vectorOf(1)
const said = (version: number, isHeld: boolean, by = encoder) => ({ encoder: by, version, isHeld })
const names = ({ reader }: ProductIndex) => reader.statistics().encoders.map((each) => each.encoder)
const one = changesOf([aProduct({ id: 'a' })])

export function encoderLaws(openHarness: OpenHarness): void {
  it('tells whose vectors it holds, of how many products and how long', () =>
    withIndex(openHarness, async (index) => {
      expect(index.writer.statistics().encoders).toEqual([])
      await index.writer.applyVectors([embedded('a', 1, north), embedded('b', 1, north)], {})
      await index.writer.applyVectors([embedded('a', 1, new Float32Array(12).fill(1), 'other')], {})
      expect(index.reader.statistics().encoders).toEqual([
        { encoder, dimensions, vectors: 2 },
        { encoder: 'other', dimensions: 12, vectors: 1 },
      ])
    }))

  it('lets go of the vectors of an encoder that is not held, and passes later ones over, however bad', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(one, {})
      await index.writer.applyVectors([embedded('a', 1, north), embedded('a', 1, north, 'other')], {})
      await index.writer.applyEncoders([said(1, false)], {})
      expect(names(index)).toEqual(['other'])
      expect(await index.reader.vectorOf('a', encoder)).toBeNull()
      await index.writer.applyVectors([{ ...embedded('a', 2, null), vector: '!' }, embedded('b', 1, north)], {})
      expect(names(index)).toEqual(['other'])
      await expect(found(index, { vector: meaning(north) })).rejects.toMatchObject({
        code: 'product-index.unknown-encoder',
      })
    }))

  it('begins anew when an encoder is held again, with vectors of another length if need be', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.apply(one, {})
      await index.writer.applyVectors([embedded('a', 9, north)], {})
      await index.writer.applyEncoders([said(1, false)], {})
      await index.writer.applyEncoders([said(2, true)], {})
      expect(names(index)).toEqual([])
      const longer = new Float32Array(16).fill(1)
      await index.writer.applyVectors([embedded('a', 1, longer)], {})
      expect(await found(index, { vector: meaning(longer) })).toEqual(['a'])
    }))

  it('takes the newest word on an encoder only, whatever order the words come in', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.applyVectors([embedded('a', 1, north)], {})
      await index.writer.applyEncoders([said(3, true), said(2, false)], {})
      expect(names(index)).toEqual([encoder])
      await index.writer.applyEncoders([said(4, false), said(4, true), said(1, true)], {})
      expect(names(index)).toEqual([])
      await index.writer.applyVectors([embedded('a', 2, north)], {})
      expect(names(index)).toEqual([])
    }))

  it('rejects a vector that cannot be read by naming product and encoder, takes nothing of its call, and what was good when it comes again', () =>
    withIndex(openHarness, async (index) => {
      await index.writer.applyVectors([embedded('a', 1, north)], { 'vectors/0': 1 })
      const bad: Record<string, string> = {
        'has 3 dimensions, not 8': textOf(new Float32Array(3).fill(1)),
        'has 9 dimensions, not 8': textOf(new Float32Array(9).fill(1)),
        'component 1 is NaN': textOf(vectorOf(1, Number.NaN)),
        'component 0 is Infinity': textOf(vectorOf(Number.POSITIVE_INFINITY)),
        'all components are zero': textOf(vectorOf()),
        'is not base64': '!!',
      }
      for (const [why, vector] of Object.entries(bad)) {
        const changes = [embedded('good', 1, north), { ...embedded('bad', 1, null), vector }]
        const rejection = expect(index.writer.applyVectors(changes, { 'vectors/0': 9 })).rejects
        await rejection.toMatchObject({
          code: 'product-index.bad-vector',
          kind: 'invalid',
          message: expect.stringMatching(new RegExp(`product "bad" by encoder "${encoder}".*${why}`)),
        })
      }
      expect(await index.reader.vectorOf('good', encoder)).toBeNull()
      expect(index.writer.resumeFrom()).toEqual({ 'vectors/0': 1 })
      await index.writer.applyVectors([embedded('good', 1, north)], { 'vectors/0': 2 })
      expect(await index.reader.vectorOf('good', encoder)).toEqual(north)
    }))

  it('does not learn an encoder from a call that it rejects', () =>
    withIndex(openHarness, async (index) => {
      const changes = [embedded('a', 1, new Float32Array(12).fill(1)), embedded('b', 1, north)]
      await expect(index.writer.applyVectors(changes, {})).rejects.toMatchObject({ code: 'product-index.bad-vector' })
      expect(names(index)).toEqual([])
      await index.writer.applyVectors([embedded('b', 1, north)], {})
      expect(index.reader.statistics().encoders).toEqual([{ encoder, dimensions, vectors: 1 }])
    }))

  it("refuses a query's vector of an encoder that it does not hold, of another length, not finite or zero, each by name", () =>
    withIndex(openHarness, async (index) => {
      await index.writer.applyVectors([embedded('a', 1, north)], {})
      const asked = (values: Float32Array, fields = {}) =>
        expect(index.reader.retrieve(asking({ vector: meaning(values, fields) }))).rejects
      await asked(north, { encoder: 'nobody' }).toMatchObject({
        code: 'product-index.unknown-encoder',
        message: expect.stringContaining('"nobody"'),
      })
      const refused = (what: string) => ({ code: 'product-index.bad-vector', message: expect.stringContaining(what) })
      await asked(new Float32Array(7).fill(1)).toMatchObject(refused('7 dimensions, not 8'))
      await asked(vectorOf(1, Number.NaN)).toMatchObject(refused('component 1 is NaN'))
      await asked(vectorOf(Number.NEGATIVE_INFINITY)).toMatchObject(refused('component 0 is -Infinity'))
      await asked(vectorOf()).toMatchObject(refused('zero'))
      for (const nearest of [-1, 1_001, 0.5, Number.NaN])
        await asked(north, { nearest }).toMatchObject({ code: 'product-index.bad-limit' })
      await asked(north, { floor: Number.NaN }).toMatchObject({ code: 'product-index.bad-limit' })
    }))
}
