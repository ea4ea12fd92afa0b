import { readFileSync } from 'node:fs'
import type { Layout } from './layout.ts'
import { type Memory, type Module, PAGE, webAssembly } from './web-assembly.ts'

/** Slots that one call of the kernel takes. */
export const LIST = 4096
/** Slots that a diversity test compares with. */
const KEPT = 256

/**
 * The SIMD arithmetic over an index's memories, with scratch memory of its own: one for each thread that works.
 *
 * `list` goes in, `out` comes back, place by place. The query comes in both ways: `query16` for approximations (16-bit
 * whole numbers, their scale is an argument), `query32` for exact scores. `kept` is the set of the diversity test.
 * `marks` has a byte a slot.
 */
export interface Kernel {
  readonly query16: Int16Array
  readonly query32: Float32Array
  readonly list: Int32Array
  readonly out: Float32Array
  readonly kept: Int32Array
  /** Made anew when it grows. */
  readonly marks: Uint8Array
  /** Makes sure of a mark for each slot below. */
  coverMarks(slots: number): void
  /** out[i] ≈ cosine of query16 and slot list[i]. O(count · dimensions). */
  approximate(count: number, scale: number): void
  /** Lists and approximates the unmarked neighbours of a slot on level 0 below a limit, marks them, and answers how many. */
  expand(slot: number, limit: number, mark: number, scale: number): number
  /** Makes a slot's codes the query16; the scale is the slot's. */
  queryOf(slot: number): void
  /** Whether no kept slot is as near to this one as `bound`. */
  isDiverse(slot: number, count: number, bound: number): boolean
  /** out[i] = query32 · slot list[i], as kept. O(count · dimensions). */
  exact(count: number): void
}

type Exports = Readonly<{
  approximate(count: number, scale: number): void
  expand(slot: number, limit: number, mark: number, scale: number): number
  query_of(slot: number): void
  is_diverse(slot: number, count: number, bound: number): number
  exact_f16(count: number): void
  exact_i8(count: number): void
}>

let module: Module | undefined
/** Compiled once in a thread. */
function kernelModule(): Module {
  module ??= new webAssembly.Module(readFileSync(new URL('./kernel.wasm', import.meta.url)))
  return module
}

export function createKernel(layout: Layout, graph: Memory, exact: Memory): Kernel {
  const { width, stride, exactStride, links, precision } = layout
  const query = 2 * width
  const list = query + 4 * width
  const out = list + 4 * LIST
  const kept = out + 4 * LIST
  const marks = kept + 4 * KEPT
  const scratch = new webAssembly.Memory({ initial: Math.ceil(marks / PAGE) })
  const instance = new webAssembly.Instance(kernelModule(), {
    memory: { scratch, graph, exact },
    layout: { width, stride, exactStride, links, query, list, out, kept, marks },
  })
  const wasm = instance.exports as Exports
  const views = () => ({
    query16: new Int16Array(scratch.buffer, 0, width),
    query32: new Float32Array(scratch.buffer, query, width),
    list: new Int32Array(scratch.buffer, list, LIST),
    out: new Float32Array(scratch.buffer, out, LIST),
    kept: new Int32Array(scratch.buffer, kept, KEPT),
    marks: new Uint8Array(scratch.buffer, marks),
  })
  const kernel = {
    ...views(),
    coverMarks(slots: number) {
      if (slots <= kernel.marks.length) return
      const room = Math.ceil(slots * 1.25)
      scratch.grow(Math.ceil((marks + room - scratch.buffer.byteLength) / PAGE))
      Object.assign(kernel, views())
    },
    approximate: wasm.approximate,
    expand: wasm.expand,
    queryOf: wasm.query_of,
    isDiverse: (slot: number, count: number, bound: number) => wasm.is_diverse(slot, count, bound) === 1,
    exact: precision === 'f16' ? wasm.exact_f16 : wasm.exact_i8,
  }
  return kernel
}
