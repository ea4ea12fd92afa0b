import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Positions } from '@eip/contracts'
import { createIndexWriter, openIndexSnapshot, type SnapshotTask } from '@eip/engine-text-index'
import { failures, isFailure } from '@eip/kernel'
import { generation } from '../manifest.ts'
import { columnOwners } from '../owned-columns.ts'
import { createOwnedLedger, restoreOwnedLedger } from '../owned-ledger.ts'
import { indexSchema } from '../product-document.ts'
import type { ColumnOwner } from '../product-index.port.ts'
import { createVersionLedger, restoreVersionLedger } from '../version-ledger.ts'
import type { LedgerFile } from './native.encoder-vectors.ts'
import { ledgerName, readLedger, writeLedger } from './native.snapshot-ledgers.ts'
import { readEncoder, type SavedEncoder, startEncoderSnapshots, vectorFolderName } from './native.snapshot-vectors.ts'
import type { ViewState } from './native.view-writer.ts'

const failure = failures({
  'product-index.other-generation': { kind: 'conflict', cure: 'Nothing is to be done: the view is built anew.' },
})

/**
 * What the index's manifest carries for the view. One rename makes the whole snapshot stand:
 *
 *   versions-8.bin          written first, of products, of owned columns and of each encoder's vectors, named by …
 *   vectors-3/              … the vectors of an encoder that has changed, in a folder of their own …
 *   segment-… state-….bin   … the index's own files …
 *   manifest.json           … and this, last. Then what no manifest names is removed.
 *
 * All of them are as of the moment when the snapshot began, whatever changes while they are written.
 */
type ViewManifest = Readonly<{
  generation: string
  epoch: number
  positions: Positions | null
  versions: LedgerFile
  owned: Readonly<Record<ColumnOwner, LedgerFile>>
  encoders: readonly SavedEncoder[]
}>

export const emptyView = (): ViewState => ({
  index: createIndexWriter(indexSchema),
  versions: createVersionLedger(),
  owned: createOwnedLedger(),
  encoders: [],
  positions: null,
  epoch: 0,
})

const newerPrograms = ['text-index.snapshot-newer', 'vector-index.snapshot-newer']

/**
 * The state that the snapshot in the directory holds, or why it is none to go on from (null: there is none). Throws only where the snapshot
 * is of a newer program (`text-index.snapshot-newer`, `vector-index.snapshot-newer`): to write over that one would lose it.
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
    const owned = restoreOwnedLedger(ofOwners((owner) => readLedger(directory, manifest.owned[owner])))
    const encoders = manifest.encoders.map((saved) => readEncoder(directory, saved))
    const { positions, epoch } = manifest
    return { state: { index: opened.writer, versions, owned, encoders, positions, epoch } }
  } catch (error) {
    if (!isFailure(error) || newerPrograms.includes(error.code)) throw error
    return { state: null, reason: `${error.code}: ${error.message}` }
  }
}

/** Begins a snapshot of the state as it now is. */
export function startSnapshot(
  directory: string,
  { index, versions, owned, encoders, positions, epoch }: ViewState,
): SnapshotTask {
  mkdirSync(directory, { recursive: true })
  const ledger = writeLedger(directory, versions.bytes())
  const vectors = startEncoderSnapshots(directory, encoders)
  const manifest: ViewManifest = {
    ...{ generation, epoch, positions, versions: ledger, encoders: vectors.saved },
    owned: ofOwners((owner) => writeLedger(directory, owned.bytes(owner))),
  }
  const task = index.startSnapshot(directory, manifest)
  return {
    run(budgetMs) {
      if (vectors.run(budgetMs) || task.run(budgetMs)) return true
      vectors.stand()
      removeUnnamed(directory, manifest)
      return false
    },
  }
}

const ofOwners = <Value>(make: (owner: ColumnOwner) => Value) =>
  Object.fromEntries(columnOwners.map((owner) => [owner, make(owner)])) as Record<ColumnOwner, Value>

function removeUnnamed(directory: string, { versions, owned, encoders }: ViewManifest): void {
  const ledgers = [versions, ...Object.values(owned)].map(({ file }) => file)
  const named = new Set([...ledgers, ...encoders.flatMap((saved) => [saved.versions.file, saved.folder])])
  for (const name of readdirSync(directory))
    if ((ledgerName.test(name) || vectorFolderName.test(name)) && !named.has(name))
      rmSync(join(directory, name), { recursive: true, force: true })
}
