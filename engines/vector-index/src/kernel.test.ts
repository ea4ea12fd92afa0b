/// <reference lib="esnext.float16" />
import { readFileSync } from 'node:fs'
import { seededRandom } from '@eip/kernel'
import { describe, expect, it } from 'vitest'
import { assembleKernel } from './assemble-kernel.ts'
import { uniformVectors } from './generated-vectors.fixture.ts'
import { Generation } from './generation.ts'
import { createKernel } from './kernel.ts'
import { layoutOf, PARTS, type VectorPrecision } from './layout.ts'
import { makeUnit, roundQuery } from './unit-vector.ts'

const COUNT = 23

function filled(dimensions: number, precision: VectorPrecision) {
  const layout = layoutOf({ dimensions, precision, connections: 8 })
  const generation = new Generation(layout, 16)
  const vectors = uniformVectors(COUNT + 1, dimensions, dimensions)
  const unit = new Float32Array(dimensions)
  for (let at = 0; at < COUNT; at++) {
    makeUnit(vectors.at(at), dimensions, unit)
    generation.append(Buffer.from(`p${at}`), unit)
  }
  makeUnit(vectors.at(COUNT), dimensions, unit)
  const { store } = generation
  const kernel = createKernel(layout, store.memories.graph, store.memories.exact)
  kernel.query32.set(unit)
  const { scale } = roundQuery(unit, layout.queryLimit, kernel.query16)
  const order = Array.from({ length: COUNT }, (_, at) => (at * 7) % COUNT)
  kernel.list.set(order)
  return { layout, store, kernel, scale, order }
}

const f32 = Math.fround

/** Sums of four lanes, added as the kernel adds them. */
const across = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => f32(f32(a + b) + f32(c + d))

describe.each([8, 16, 50, 384, 4096])(
  'with %i dimensions the kernel equals plain code to the last bit',
  (dimensions) => {
    it('in approximate cosines', () => {
      const { layout, store, kernel, scale, order } = filled(dimensions, 'f16')
      kernel.approximate(COUNT, scale)
      order.forEach((slot, at) => {
        let sum = 0
        for (let d = 0; d < layout.width; d++) sum += kernel.query16[d]! * store.codes[slot * layout.stride + d]!
        expect(Math.abs(sum)).toBeLessThan(2 ** 31)
        expect(kernel.out[at]).toBe(f32(f32(f32(sum) * store.scale(slot)) * f32(scale)))
      })
    })

    it('in exact cosines of half floats', () => {
      const { layout, store, kernel, order } = filled(dimensions, 'f16')
      kernel.exact(COUNT)
      const halves = new Float16Array(store.exact.buffer)
      order.forEach((slot, at) => {
        const sums = new Float32Array(8)
        for (let d = 0; d < layout.width; d++)
          sums[d % 8] = sums[d % 8]! + f32(halves[slot * layout.width + d]! * kernel.query32[d]!)
        expect(kernel.out[at]).toBe(across([0, 1, 2, 3].map((lane) => f32(sums[lane]! + sums[lane + 4]!))))
      })
    })

    it('in exact cosines of two 8-bit parts', () => {
      const { layout, store, kernel, order } = filled(dimensions, 'i8')
      kernel.exact(COUNT)
      order.forEach((slot, at) => {
        const lanes = (bytes: Int8Array, start: number) => {
          const sums = new Float32Array(4)
          for (let d = 0; d < layout.width; d += 8)
            for (let lane = 0; lane < 4; lane++) {
              const [low, high] = [d + lane, d + lane + 4]
              const pair = f32(
                f32(bytes[start + low]! * kernel.query32[low]!) + f32(bytes[start + high]! * kernel.query32[high]!),
              )
              sums[lane] = sums[lane]! + pair
            }
          return across(Array.from(sums))
        }
        const rest = f32(lanes(store.exact, slot * layout.exactStride) / PARTS)
        expect(kernel.out[at]).toBe(f32(f32(lanes(store.codes, slot * layout.stride) + rest) * store.scale(slot)))
      })
    })

    it('in whether a slot is nearer to those kept than a bound', () => {
      const { layout, store, kernel } = filled(dimensions, 'f16')
      kernel.kept.set([1, 2, 3])
      const cosines = [1, 2, 3].map((slot) => {
        let sum = 0
        for (let d = 0; d < layout.width; d++) sum += store.codes[d]! * store.codes[slot * layout.stride + d]!
        return f32(f32(f32(sum) * store.scale(slot)) * store.scale(0))
      })
      const nearest = Math.max(...cosines)
      expect(kernel.isDiverse(0, 3, nearest)).toBe(false)
      expect(kernel.isDiverse(0, 3, f32(nearest + 0.001))).toBe(true)
      expect(kernel.isDiverse(0, 0, -1)).toBe(true)
    })
  },
)

it('the bytes that are loaded are those that the text assembles to', async () => {
  const loaded = readFileSync(new URL('./kernel.wasm', import.meta.url))
  expect(Buffer.from(await assembleKernel()).equals(loaded)).toBe(true)
})

it('half floats of all sizes come back as they are', () => {
  const { layout, store, kernel } = filled(16, 'f16')
  const halves = new Float16Array(store.exact.buffer)
  const bits = new Uint16Array(store.exact.buffer)
  const { integer } = seededRandom(1)
  kernel.list[0] = 0
  for (let round = 0; round < 500; round++) {
    // Below 0x7c00: finite; the small ones have no leading bit.
    bits.set([integer(2) * 0x8000 + integer(round % 2 === 0 ? 0x400 : 0x7c00)])
    for (let d = 1; d < layout.width; d++) halves[d] = 0
    kernel.query32.fill(0)
    kernel.query32[0] = 1
    kernel.exact(1)
    expect(kernel.out[0]! + 0).toBe(halves[0]! + 0)
  }
})

it('a neighbour list that is half written, or nonsense, leads nowhere', () => {
  const { store, kernel, scale } = filled(16, 'f16')
  kernel.coverMarks(COUNT)
  const at = store.listAt(5, 0)
  store.ints.set([1_000_000, 3, -1, COUNT, 2_000_000_000, 3, 4], at)
  const count = kernel.expand(5, COUNT, 1, scale)
  expect([...kernel.list.subarray(0, count)]).toEqual([3, 4, 0])
  expect(kernel.expand(5, COUNT, 1, scale)).toBe(0)
})
