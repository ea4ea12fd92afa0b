import type { IndexStatistics, ProductIndexReader } from './product-index.port.ts'
import type { ProductIndexWriter } from './product-index-writer.port.ts'

/** `filling`: has never served. `previous`: served before, and can at once again. */
export type GenerationState = 'filling' | 'serving' | 'previous'

/** One serving view, complete with its words, vectors, versions and positions. Times in milliseconds since the epoch. */
export type Generation = Readonly<{
  name: string
  state: GenerationState
  begunAt: number
  /** Since when it is in this state. */
  since: number
  statistics: IndexStatistics
}>

/** The generation that there was before there were several. A store that holds none yet begins with it. */
export const firstGeneration = 'g1'

/**
 * Whole serving views beside each other, of which one serves.
 *  - There is always exactly one that serves; a new store holds one, empty, named `firstGeneration`.
 *  - `list` names them in the order in which they began. Names are lower-case letters and digits, and none is given twice.
 *  - `reader` answers every call from the one that serves when the call is made, whole: never from two.
 *  - `writer` writes one of them, whatever its state, by the laws of ProductIndexWriter; what is written to one is seen in no other.
 *  - `begin` makes a new one, empty and `filling`; refused while another is (`product-index.generation-filling`).
 *  - `serve` lets one take over: at once, durably, with all that was applied to it; the one that served is `previous` then.
 *    For the one that serves it changes nothing.
 *  - `drop` lets go of one with all it holds; refused for the one that serves (`product-index.generation-serves`).
 *  - A name that there is not is refused by name (`product-index.no-such-generation`).
 *  - After a crash all of this is as the last call that resolved left it; the call in flight took effect whole or not at all.
 *  - A view whose manifest (schema, analysis, mapping) is not this program's is refused by name and never read: see `IndexStatistics.generation`.
 */
export interface ProductIndexGenerations {
  readonly reader: ProductIndexReader
  list(): Promise<readonly Generation[]>
  writer(name: string): Promise<ProductIndexWriter>
  begin(): Promise<string>
  serve(name: string): Promise<void>
  drop(name: string): Promise<void>
  /** Saves all of them, then lets go of the files. */
  close(): Promise<void>
}
