import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hasBit, wordsFor } from './bits.ts'
import { Generation } from './generation.ts'
import { enterSlot, newIdTable } from './id-table.ts'
import { layoutOf } from './layout.ts'
import {
  type FileEntry,
  type Manifest,
  readManifest,
  readSnapshotFile,
  SNAPSHOT_FORMAT,
  syncDirectory,
  writeManifest,
  writeSnapshotFile,
} from './snapshot-file.ts'
import { Store } from './store.ts'
import { newName, resumeWriter, seal, type VectorIndexWriter, type WriterState } from './vector-index-writer.ts'

/** A snapshot being written. */
export interface VectorSnapshotTask {
  /** Goes on for about `budgetMs` (a sync to disk may take longer). Whether there is more to do. */
  run(budgetMs: number): boolean
}

/** Slots of a file of exact vectors: a full one is written once in the life of a generation. */
const CHUNK = 16_384

/**
 * Writes the index as it now is, committed or not, in slices between which it may change:
 *
 * ```
 * exact-NAME-FIRST-COUNT.bin   what never changes; kept from the snapshot before where that has it
 * graph-NAME-SERIAL.bin        codes, and links as they are when their slice is written
 * side-… live-NAME-SERIAL.bin  ids and upper links; which slots live, copied at once
 * manifest.json                last; then what it does not name is removed
 * ```
 * Links go on changing: some lead to slots that came later, and are left out when the snapshot is opened.
 * The directory is the snapshot's alone.
 */
export function startVectorSnapshot(directory: string, writer: VectorIndexWriter): VectorSnapshotTask {
  const source = seal(writer)
  const steps = writeSnapshot(directory, source, source.generation.live.slice(0, wordsFor(source.state.slots)))
  return Object.freeze({
    run(budgetMs: number) {
      const deadline = performance.now() + budgetMs
      do {
        if (steps.next().done) return false
      } while (performance.now() < deadline)
      return true
    },
  })
}

const bytesOf = ({ buffer, byteOffset }: ArrayBufferView, bytes: number) => new Uint8Array(buffer, byteOffset, bytes)

function* writeSnapshot(directory: string, source: WriterState, live: Uint32Array): Generator<void, void> {
  const { layout, construction, name, generation, state } = source
  const { codes, exact, side } = generation.store
  mkdirSync(directory, { recursive: true })
  const before = manifestBefore(directory)
  const serial = (before?.serial ?? 0) + 1
  const chunks: FileEntry[] = []
  for (let first = 0; first < state.slots; first += CHUNK) {
    const count = Math.min(CHUNK, state.slots - first)
    const file = `exact-${name}-${first}-${count}.bin`
    const content = exact.subarray(first * layout.exactStride, (first + count) * layout.exactStride)
    const written = before?.exact.find((entry) => entry.file === file)
    chunks.push(written ?? (yield* writeSnapshotFile(directory, file, bytesOf(content, content.length))))
  }
  const write = (kind: string, content: Uint8Array) =>
    writeSnapshotFile(directory, `${kind}-${name}-${serial}.bin`, content)
  const { dimensions, precision, connections } = layout
  const manifest: Manifest = {
    format: SNAPSHOT_FORMAT,
    options: { dimensions, precision, connections, construction },
    serial,
    state,
    exact: chunks,
    graph: yield* write('graph', bytesOf(codes, state.slots * layout.stride)),
    side: yield* write('side', bytesOf(side, state.sideBytes)),
    live: yield* write('live', bytesOf(live, live.byteLength)),
  }
  writeManifest(directory, manifest)
  removeUnnamed(directory, manifest)
}

function manifestBefore(directory: string): Manifest | null {
  try {
    return readManifest(directory)
  } catch {
    // One that cannot be read is replaced; every file is written anew.
    return null
  }
}

const OURS = /^(exact|graph|side|live)-[0-9a-f]{12}-.*\.bin(\.partial)?$/

function removeUnnamed(directory: string, { exact, graph, side, live }: Manifest): void {
  const named = new Set([...exact, graph, side, live].map(({ file }) => file))
  for (const file of readdirSync(directory))
    if (OURS.test(file) && !named.has(file)) rmSync(join(directory, file), { force: true })
  syncDirectory(directory)
}

/**
 * Opens the snapshot in a directory: a writer that goes on where it was taken, all of it published. Null: there is none.
 * A file that is damaged or missing is refused by name (`vector-index.snapshot-damaged`), a newer format too
 * (`vector-index.snapshot-newer`). O(bytes): everything is read and checked.
 */
export function openVectorSnapshot(directory: string): VectorIndexWriter | null {
  const manifest = readManifest(directory)
  if (manifest === null) return null
  const { options, state } = manifest
  const layout = layoutOf(options)
  const store = new Store(layout)
  store.reserve(state.slots, state.sideBytes)
  let at = 0
  for (const entry of manifest.exact) {
    readSnapshotFile(directory, entry, bytesOf(store.exact, store.exact.length).subarray(at))
    at += entry.bytes
  }
  readSnapshotFile(directory, manifest.graph, bytesOf(store.codes, store.codes.length))
  readSnapshotFile(directory, manifest.side, store.side)
  const generation = new Generation(layout, options.construction, store, state)
  generation.live = new Uint32Array(wordsFor(state.slots))
  readSnapshotFile(directory, manifest.live, bytesOf(generation.live, generation.live.byteLength))
  generation.table = newIdTable(state.size)
  for (let slot = 0; slot < state.slots; slot++) {
    if (hasBit(generation.live, slot)) generation.table = enterSlot(generation.table, store, slot)
    for (let level = store.level(slot); level >= 0; level--) dropLater(store, slot, level, state.linked)
  }
  return resumeWriter(layout, options.construction, newName(), generation)
}

/** Leaves out links to slots that the snapshot does not have in its graph. */
function dropLater(store: Store, slot: number, level: number, linked: number): void {
  const lists = store.lists(level)
  const at = store.listAt(slot, level)
  const end = at + lists[at]!
  let count = 0
  for (let i = at + 1; i <= end; i++) if (lists[i]! < linked) lists[at + ++count] = lists[i]!
  lists[at] = count
}
