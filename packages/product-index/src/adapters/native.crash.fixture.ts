import { aProduct } from '@eip/testkit'
import type { ProductChange } from '../product-index-writer.port.ts'
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

/** Run as a program: applies change after change and saves by itself, until it is killed. Says how far it is, line by line. */
async function applyForEver(dir: string): Promise<never> {
  const index = await openNativeProductIndex({ dir, saveAfterChanges: 30 })
  for (let n = index.writer.resumeFrom()?.['topic/0'] ?? 0; ; n += 10) {
    const changes = Array.from({ length: 10 }, (_, i) => changeAt(n + i))
    await index.writer.apply(changes, { 'topic/0': n + 10 })
    process.stdout.write(`${n + 10}\n`)
  }
}

if (process.argv[1] === import.meta.filename) await applyForEver(process.argv[2]!)
