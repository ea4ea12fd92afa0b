import type { SnapshotTask } from '@eip/engine-text-index'
import { generation } from '../manifest.ts'
import type { LogLine, WorkerOptions } from './native.messages.ts'
import { emptyView, readSnapshot, startSnapshot } from './native.snapshot-files.ts'
import type { ViewState, ViewWriter } from './native.view-writer.ts'

/** When the view is saved, and what is said of it. */
export interface Snapshots {
  /** The state to go on from: the newest snapshot's, or nothing. Throws where the snapshot is of a newer version of the program. */
  read(): ViewState
  /** Counts changes that no snapshot holds yet. */
  changed(count: number): void
  /** Asks for a snapshot of what has been applied by now; `done` is told when it stands, or why not. */
  ask(done: (error: unknown) => void): void
  /** Begins a snapshot that is asked for or due, or goes on with one for about `budgetMs`; answers whether there is more to do. */
  run(view: ViewWriter, budgetMs: number): boolean
}

/** By itself, at most this share of the time goes into saving, however large the view is. */
const savingShare = 0.05

type Saving = Readonly<{ task: SnapshotTask; changes: number; startedAt: number; waiting: readonly Done[] }>
type Done = (error: unknown) => void

export function createSnapshots(
  { directory, saveAfterChanges, saveAfterSeconds }: WorkerOptions,
  log: (line: LogLine) => void,
): Snapshots {
  let unsaved = 0
  let firstUnsavedAt = 0
  let notBefore = 0
  let waiting: Done[] = []
  let saving: Saving | null = null

  const isDue = (now: number) =>
    unsaved > 0 && now >= notBefore && (unsaved >= saveAfterChanges || now - firstUnsavedAt >= saveAfterSeconds * 1_000)

  const begin = (folder: string, view: ViewWriter, now: number): Saving => {
    const begun = { task: startSnapshot(folder, view.state()), changes: unsaved, startedAt: now, waiting }
    waiting = []
    return begun
  }
  const end = (error: unknown) => {
    const now = performance.now()
    const told = saving?.waiting ?? waiting
    if (saving === null) waiting = []
    notBefore = now + (now - (saving?.startedAt ?? now)) / savingShare
    if (error === null && saving !== null) {
      unsaved -= saving.changes
      firstUnsavedAt = now
    } else {
      // What is not saved comes again from the events; until then the view serves on.
      log({ level: 'error', fields: { reason: String(error) }, message: 'saving the serving view failed' })
      notBefore = Math.max(notBefore, now + saveAfterSeconds * 1_000)
    }
    saving = null
    for (const done of told) done(error)
  }

  return Object.freeze({
    read: () => (directory === null ? emptyView() : readOrBeginAnew(directory, log)),
    changed(count: number) {
      if (unsaved === 0) firstUnsavedAt = performance.now()
      unsaved += count
    },
    ask(done: Done) {
      waiting.push(done)
    },
    run(view: ViewWriter, budgetMs: number) {
      const now = performance.now()
      if (directory === null || (saving === null && unsaved === 0)) {
        for (const done of waiting.splice(0)) done(null)
        return false
      }
      try {
        if (saving === null && (waiting.length > 0 || isDue(now))) saving = begin(directory, view, now)
        if (saving === null) return false
        if (saving.task.run(budgetMs)) return true
        end(null)
      } catch (error) {
        end(error)
      }
      return waiting.length > 0
    },
  })
}

function readOrBeginAnew(directory: string, log: (line: LogLine) => void): ViewState {
  const read = readSnapshot(directory)
  if (read.state === null) {
    const message = 'the serving view starts empty: it asks for all events from the start'
    // Nothing there is how every view begins; a snapshot that cannot be used is something to look at.
    const level = read.reason === null ? 'info' : 'warn'
    log({ level, fields: { generation, reason: read.reason ?? 'there is no snapshot' }, message })
    return emptyView()
  }
  const { documents, segments } = read.state.index.statistics()
  log({
    level: 'info',
    fields: { generation, documents, segments },
    message: 'the serving view goes on from its snapshot',
  })
  return read.state
}
