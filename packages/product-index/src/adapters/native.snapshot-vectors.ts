import { linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openVectorSnapshot, startVectorSnapshot } from '@eip/engine-vector-index'
import { failures } from '@eip/kernel'
import { restoreVersionLedger } from '../version-ledger.ts'
import { type EncoderVectors, emptyEncoder, type LedgerFile, type SavedVectors } from './native.encoder-vectors.ts'
import { nextNumber, readLedger, writeLedger } from './native.snapshot-ledgers.ts'

const failure = failures({
  'product-index.vectors-missing': { kind: 'internal', cure: 'Nothing is to be done: the view is built anew.' },
})

/** What the manifest says of an encoder. `folder`: null where it has no vectors. */
export type SavedEncoder = Readonly<{
  encoder: string
  version: number
  isHeld: boolean
  folder: string | null
  versions: LedgerFile
}>

export const vectorFolderName = /^vectors-(\d+)$/

export function readEncoder(directory: string, saved: SavedEncoder): EncoderVectors {
  const { encoder, version, isHeld, folder, versions } = saved
  const index = folder === null ? null : openVectorSnapshot(join(directory, folder))
  if (folder !== null && index === null) {
    const message = `folder "${folder}" of the snapshot, with the vectors of encoder "${encoder}", is missing`
    throw failure('product-index.vectors-missing', message, { folder })
  }
  return {
    ...emptyEncoder(encoder),
    ...{ version, isHeld, index, dimensions: index?.publication().dimensions ?? 0 },
    versions: restoreVersionLedger(readLedger(directory, versions)),
    saved: { changes: 0, folder, versions },
  }
}

/**
 * Begins to write the vectors of every encoder as they now are, each that has changed into a new folder: one that a
 * manifest names is never written to.
 */
export function startEncoderSnapshots(directory: string, encoders: readonly EncoderVectors[]) {
  const tasks: { run(budgetMs: number): boolean }[] = []
  let nextFolder = nextNumber(directory, vectorFolderName)
  const begin = ({ index, versions, changes, saved }: EncoderVectors): SavedVectors => {
    const folder = index === null ? null : `vectors-${nextFolder++}`
    if (index !== null && folder !== null) {
      if (saved !== null && saved.folder !== null) inherit(join(directory, saved.folder), join(directory, folder))
      tasks.push(startVectorSnapshot(join(directory, folder), index))
    }
    return { changes, folder, versions: writeLedger(directory, versions.bytes()) }
  }
  const begun = encoders.map((each) => ({
    each,
    saved: each.saved?.changes === each.changes ? each.saved : begin(each),
  }))
  return {
    saved: begun.map(
      ({ each: { encoder, version, isHeld }, saved: { folder, versions } }): SavedEncoder => ({
        ...{ encoder, version, isHeld, folder, versions },
      }),
    ),
    /** Goes on for about `budgetMs`; answers whether there is more to do. */
    run(budgetMs: number): boolean {
      if (tasks.length === 0) return false
      if (!tasks[0]!.run(budgetMs)) tasks.shift()
      return true
    },
    /** The snapshot stands: what it holds need not be written again. */
    stand(): void {
      for (const { each, saved } of begun) each.saved = saved
    },
  }
}

/**
 * Gives a new folder what the one before has, by hard links: most of it never changes, and is then not written again.
 * The old folder stays as it is, whatever is removed from the new one.
 */
function inherit(from: string, to: string): void {
  try {
    mkdirSync(to)
    for (const file of readdirSync(from)) linkSync(join(from, file), join(to, file))
  } catch {
    // A file system without hard links, or a folder that somebody took away: all of it is written anew.
    rmSync(to, { recursive: true, force: true })
  }
}
