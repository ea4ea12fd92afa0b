import { hasBit } from './bits.ts'
import { GraphWalk } from './graph-walk.ts'
import { createKernel, type Kernel } from './kernel.ts'
import { layoutOf } from './layout.ts'
import type { VectorPublication } from './publication.ts'
import { Scan } from './scan.ts'
import { Store } from './store.ts'
import { TopK } from './top-k.ts'

/** One publication, opened for a thread. */
export interface ReaderView {
  readonly publication: VectorPublication
  readonly store: Store
  readonly kernel: Kernel
  readonly walk: GraphWalk
  readonly scan: Scan
  readonly best: TopK
  readonly ids: Int32Array
  readonly live: Uint32Array
  isLive(slot: number): boolean
}

/** Opens a publication; of the same generation, everything but what changed is taken over from the view before. */
export function openView(publication: VectorPublication, before: ReaderView | null): ReaderView {
  const isSame = before?.publication.generation === publication.generation
  const parts = isSame ? before : openMemories(publication)
  parts.store.cover(publication.slots, publication.sideBytes)
  const live = new Uint32Array(publication.live)
  return Object.freeze({
    ...parts,
    publication,
    ids: new Int32Array(publication.ids),
    live,
    isLive: (slot: number) => hasBit(live, slot),
  })
}

function openMemories(publication: VectorPublication) {
  const layout = layoutOf(publication)
  const store = new Store(layout, publication.memories)
  const kernel = createKernel(layout, store.memories.graph, store.memories.exact)
  const best = new TopK((left, right) => store.compareIds(left, right) < 0)
  return { store, kernel, walk: new GraphWalk(store, kernel), scan: new Scan(store, kernel), best }
}
