import { aProduct } from '@eip/testkit'
import { embedded, vectorOf } from '../contract/vectors.ts'
import type { EncoderChange, OwnedChange, ProductChange, VectorChange } from '../product-index-writer.port.ts'
import { openNativeProductIndex } from './native.product-index.ts'

/** The n-th of an endless row of changes to forty products: new titles, deletions, and products that come back. */
export function changeAt(n: number): ProductChange {
  const id = `p${n % 40}`
  return { id, version: n + 1, product: n % 7 === 3 ? null : aProduct({ id, title: `turn ${n}` }) }
}

/** Titles by id after the first `count` changes. */
export function stateAfter(count: number): Record<string, string> {
  const state: Record<string, string> = {}
  for (let n = 0; n < count; n++) {
    const { id, product } = changeAt(n)
    if (product === null) delete state[id]
    else state[id] = product.title
  }
  return state
}

/** Stock of fifty products, ten of which never come. */
export const stockChangeAt = (n: number): OwnedChange => ({
  ...{ owner: 'inventory', id: `p${n % 50}`, version: n + 1 },
  numbers: n % 11 === 5 ? null : { atp: n },
})

/** What is available of each after the first `count` changes; null where nothing is known any more. */
export function stockAfter(count: number): Record<string, number | null> {
  const state: Record<string, number | null> = {}
  for (let n = 0; n < count; n++) state[`p${n % 50}`] = n % 11 === 5 ? null : n
  return state
}

const isVectorGone = (n: number) => n % 5 === 2
/** A vector's direction tells which change made it. */
const slopeOf = (n: number) => (n % 97) / 97

/** The same for the vectors of thirty products, by an encoder that is always held. */
export const vectorChangeAt = (n: number): VectorChange =>
  embedded(`p${n % 30}`, n + 1, isVectorGone(n) ? null : vectorOf(1, slopeOf(n)))

/** By product, the second component over the first. */
export function slopesAfter(count: number): Record<string, number> {
  const state: Record<string, number> = {}
  for (let n = 0; n < count; n++) {
    if (isVectorGone(n)) delete state[`p${n % 30}`]
    else state[`p${n % 30}`] = slopeOf(n)
  }
  return state
}

export const comesAndGoes = 'comes-and-goes'
/** An encoder of one vector that is held after every odd change, and after every even one not. */
export const encoderChangeAt = (n: number): EncoderChange => ({
  encoder: comesAndGoes,
  version: n + 1,
  isHeld: n % 2 === 0,
})

const step = 10

/** Run as a program: applies change after change and saves by itself, until it is killed. Says how far it is, line by line. */
async function applyForEver(dir: string): Promise<never> {
  const { writer } = await openNativeProductIndex({ dir, saveAfterChanges: 30 })
  const resumed = writer.resumeFrom() ?? {}
  const [products, vectors, encoders] = [resumed['topic/0'] ?? 0, resumed['vectors/0'] ?? 0, resumed['encoders/0'] ?? 0]
  const stock = resumed['stock/0'] ?? 0
  const tenFrom = <Change>(n: number, changeAt: (n: number) => Change) =>
    Array.from({ length: step }, (_, i) => changeAt(n + i))
  for (let turn = 0; ; turn++) {
    const done = turn * step
    await writer.apply(tenFrom(products + done, changeAt), { 'topic/0': products + done + step })
    await writer.applyColumns(tenFrom(stock + done, stockChangeAt), { 'stock/0': stock + done + step })
    await writer.applyVectors(tenFrom(vectors + done, vectorChangeAt), { 'vectors/0': vectors + done + step })
    await writer.applyEncoders([encoderChangeAt(encoders + turn)], { 'encoders/0': encoders + turn + 1 })
    await writer.applyVectors([embedded('p0', turn + 1, vectorOf(1), comesAndGoes)], {})
    process.stdout.write(`${done + step}\n`)
  }
}

if (process.argv[1] === import.meta.filename) await applyForEver(process.argv[2]!)
