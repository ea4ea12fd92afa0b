import { failure } from './failures.ts'
import { COUNT, ID_BYTES, ID_START, type Layout, LEVEL, SCALE, TOWER } from './layout.ts'
import { type Memory, MOST_PAGES, PAGE, webAssembly } from './web-assembly.ts'

export type Memories = Readonly<{ graph: Memory; exact: Memory; side: Memory }>

/**
 * The three shared memories of one generation of an index, as one thread sees them: fixed views, made anew where a memory
 * has grown (views that follow the length by themselves are many times slower). Memories only grow, nothing moves in them:
 * a smaller view goes on being right for what it covers.
 */
export class Store {
  readonly layout: Layout
  readonly memories: Memories
  /** Words of a record, and the word after its codes. */
  readonly words: number
  readonly tail: number
  ints!: Int32Array
  floats!: Float32Array
  codes!: Int8Array
  exact!: Int8Array
  sideInts!: Int32Array
  /** Through Buffer: Node decodes shared bytes no other way. */
  side!: Buffer

  constructor(layout: Layout, memories: Memories = newMemories()) {
    this.layout = layout
    this.memories = memories
    this.words = layout.stride / 4
    this.tail = layout.width / 4
    this.refresh()
  }

  refresh(): void {
    const { graph, exact, side } = this.memories
    this.ints = new Int32Array(graph.buffer)
    this.floats = new Float32Array(graph.buffer)
    this.codes = new Int8Array(graph.buffer)
    this.exact = new Int8Array(exact.buffer)
    this.sideInts = new Int32Array(side.buffer)
    this.side = Buffer.from(side.buffer)
  }

  /** A reader's: views of so many slots at least. */
  cover(slots: number, sideBytes: number): void {
    const { stride, exactStride } = this.layout
    const isCovered =
      this.codes.length >= slots * stride && this.exact.length >= slots * exactStride && this.side.length >= sideBytes
    if (isCovered) return
    // Another thread made the memory grow; growing by nothing shows this one how far.
    for (const memory of Object.values(this.memories)) memory.grow(0)
    this.refresh()
  }

  /** The writer's: room for so many slots, and so many bytes of the side memory. */
  reserve(slots: number, sideBytes: number): void {
    const { graph, exact, side } = this.memories
    const { stride, exactStride } = this.layout
    const hasGrown = [grow(graph, slots * stride), grow(exact, slots * exactStride), grow(side, sideBytes)]
    if (hasGrown.includes(true)) this.refresh()
  }

  /** The index of a word of a slot's record that comes after the codes. */
  at(slot: number, word: number): number {
    return slot * this.words + this.tail + word
  }

  scale(slot: number): number {
    return this.floats[this.at(slot, SCALE)]!
  }

  level(slot: number): number {
    return this.ints[this.at(slot, LEVEL)]!
  }

  /** The memory that holds the links of a level; `listAt` says where in it a slot's are: their count, then they. */
  lists(level: number): Int32Array {
    return level === 0 ? this.ints : this.sideInts
  }

  listAt(slot: number, level: number): number {
    if (level === 0) return this.at(slot, COUNT)
    return this.ints[this.at(slot, TOWER)]! + (level - 1) * this.layout.floor
  }

  mostLinks(level: number): number {
    return level === 0 ? this.layout.links : this.layout.connections
  }

  idStart(slot: number): number {
    return this.ints[this.at(slot, ID_START)]! >>> 0
  }

  idBytes(slot: number): number {
    return this.ints[this.at(slot, ID_BYTES)]!
  }

  id(slot: number): string {
    const start = this.idStart(slot)
    return this.side.toString('utf8', start, start + this.idBytes(slot))
  }

  /** Order of the ids' UTF-8 bytes. */
  compareIds(left: number, right: number): number {
    const [leftAt, rightAt] = [this.idStart(left), this.idStart(right)]
    const { side } = this
    return side.compare(side, rightAt, rightAt + this.idBytes(right), leftAt, leftAt + this.idBytes(left))
  }
}

function newMemories(): Memories {
  const memory = () => new webAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true })
  return { graph: memory(), exact: memory(), side: memory() }
}

/** By a quarter at least, so that views are seldom made anew. Whether it did. */
function grow(memory: Memory, bytes: number): boolean {
  const pages = memory.buffer.byteLength / PAGE
  const needed = Math.ceil(bytes / PAGE)
  if (needed <= pages) return false
  const wanted = Math.min(MOST_PAGES, Math.max(needed, Math.ceil(pages * 1.25), 16))
  try {
    memory.grow(wanted - pages)
  } catch (cause) {
    throw failure('vector-index.full', `no room for ${bytes} bytes in one memory of the index`, { bytes }, cause)
  }
  return true
}
