import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Positions } from '@eip/contracts'
import { createIndexWriter, openIndexSnapshot, type SnapshotTask } from '@eip/engine-text-index'
import { failures, isFailure } from '@eip/kernel'
import { generation } from '../manifest.ts'
import { indexSchema } from '../product-document.ts'
import { createVersionLedger, restoreVersionLedger } from '../version-ledger.ts'
import type { ViewState } from './native.view-writer.ts'

const failure = failures({
  'product-index.other-generation': { kind: 'conflict', cure: 'Nothing is to be done: the view is built anew.' },
  'product-index.ledger-damaged': { kind: 'internal', cure: 'Nothing is to be done: the view is built anew.' },
})

/**
 * What the index's manifest carries for the view. One rename makes the whole snapshot stand:
 *
 *   versions-8.bin          written first, named by …
 *   segment-… state-….bin   … the index's own files …
 *   manifest.json           … and this, last. Then what no manifest names is removed.
 */
type ViewManifest = Readonly<{
  generation: string
  positions: Positions | null
  versions: Readonly<{ file: string; bytes: number; crc32: number }>
}>

export const emptyView = (): ViewState => ({
  index: createIndexWriter(indexSchema),
  versions: createVersionLedger(),
  positions: null,
})

/**
 * The state that the snapshot in the directory holds, or why it is none to go on from (null: there is none). Throws only where the snapshot
 * is of a newer program (`text-index.snapshot-newer`): to write over that one would lose it.
 */
export function readSnapshot(directory: string): { state: ViewState } | { state: null; reason: string | null } {
  try {
    const opened = openIndexSnapshot(indexSchema, directory)
    if (opened === null) return { state: null, reason: null }
    const manifest = opened.extra as ViewManifest
    if (manifest.generation !== generation) {
      const message = `the snapshot is of generation ${manifest.generation}, this program's is ${generation}`
      throw failure('product-index.other-generation', message)
    }
    const versions = restoreVersionLedger(readLedger(directory, manifest.versions))
    return { state: { index: opened.writer, versions, positions: manifest.positions } }
  } catch (error) {
    if (!isFailure(error) || error.code === 'text-index.snapshot-newer') throw error
    return { state: null, reason: `${error.code}: ${error.message}` }
  }
}

/** Begins a snapshot of the state as it now is. */
export function startSnapshot(directory: string, { index, versions, positions }: ViewState): SnapshotTask {
  mkdirSync(directory, { recursive: true })
  const ledger = writeLedger(directory, versions.bytes())
  const manifest: ViewManifest = { generation, positions, versions: ledger }
  const task = index.startSnapshot(directory, manifest)
  return {
    run(budgetMs) {
      if (task.run(budgetMs)) return true
      for (const file of ledgersIn(directory)) if (file !== ledger.file) rmSync(join(directory, file), { force: true })
      return false
    },
  }
}

const ledgerName = /^versions-(\d+)\.bin(\.partial)?$/
const ledgersIn = (directory: string) => readdirSync(directory).filter((file) => ledgerName.test(file))

function writeLedger(directory: string, content: Uint8Array): ViewManifest['versions'] {
  const numbers = ledgersIn(directory).map((file) => Number(ledgerName.exec(file)?.[1]))
  const file = `versions-${Math.max(0, ...numbers) + 1}.bin`
  const aside = join(directory, `${file}.partial`)
  const descriptor = openSync(aside, 'w')
  try {
    for (let at = 0; at < content.length; ) at += writeSync(descriptor, content, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  // The manifest's writer syncs the directory before it renames the manifest, which makes this name durable too.
  renameSync(aside, join(directory, file))
  return { file, bytes: content.length, crc32: crc32(content) }
}

function readLedger(directory: string, { file, bytes, crc32: checksum }: ViewManifest['versions']): Uint8Array {
  const path = join(directory, file)
  const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
  if (content.length !== bytes || crc32(content) !== checksum)
    throw failure('product-index.ledger-damaged', `file "${file}" of the snapshot is missing or damaged`, { file })
  return content
}
