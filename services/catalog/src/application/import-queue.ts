import type { Clock } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { cancelled, concluded, failed, type ImportRecord, type ImportRows, noRows } from '../domain/import-record.ts'
import type { ImportJob, ImportRunner, ImportStep } from '../ports/import-runner.port.ts'
import type { ImportSpool } from './import-spool.ts'
import type { OpenImports } from './open-imports.ts'
import type { RejectedPages } from './rejected-pages.ts'

/** Runs the imports that wait, one after the other, in the order in which their files became complete. */
export interface ImportQueue {
  /** Begins with the next one where none runs. */
  next(): void
  /** How far an import is, while it runs. */
  stepOf(id: string): (ImportStep & Readonly<{ rows: ImportRows }>) | null
  /** Ends an import that runs, and resolves when it has ended; null where it does not run. */
  cancel(id: string): Promise<void> | null
  /** Ends what runs and begins nothing more; the next run of the program runs it again. */
  stop(): Promise<void>
}

export type ImportQueueNeeds = Readonly<{
  imports: OpenImports
  spool: ImportSpool
  rejected: RejectedPages
  runner: ImportRunner
  load: ImportJob['load']
  clock: Clock
  logger: Logger
}>

type Running = Readonly<{ id: string; stopping: AbortController; ended: Promise<void>; tally: Tally }>

/** Counts what was loaded so far. */
function tallyOf(load: ImportJob['load']) {
  let step: ImportStep = { phase: 'hashing', share: 0, read: 0 }
  const rows = { created: 0, updated: 0, unchanged: 0 }
  const counted: ImportJob['load'] = async (products) => {
    const loaded = await load(products)
    for (const outcome of ['created', 'updated', 'unchanged'] as const) rows[outcome] += loaded[outcome]
    return loaded
  }
  const rowsSoFar = (): ImportRows => {
    const kept = rows.created + rows.updated + rows.unchanged
    return { ...noRows, ...rows, kept, read: step.read }
  }
  return Object.freeze({
    load: counted,
    onProgress(now: ImportStep) {
      step = now
    },
    step: () => ({ ...step, rows: rowsSoFar() }),
    rows: rowsSoFar,
  })
}
type Tally = ReturnType<typeof tallyOf>

/** Runs one import to its end, whatever that is; null where it is to be run again. */
async function outcomeOf(
  needs: ImportQueueNeeds,
  record: ImportRecord,
  { tally, signal, isStopped }: Readonly<{ tally: Tally; signal: AbortSignal; isStopped: () => boolean }>,
): Promise<ImportRecord | null> {
  const { runner, spool, rejected, clock, logger } = needs
  const { id, options } = record
  const rejectedFile = rejected.pathOf(id)
  const { load, onProgress } = tally
  try {
    const outcome = await runner.run({ file: spool.pathOf(id), options, rejectedFile, load, onProgress, signal })
    const [first = null] = (await rejected.page(id, 0, 1)).rows
    return concluded(record, outcome, first, clock.now())
  } catch (error) {
    if (isStopped()) return null
    const soFar = { ...record, rows: tally.rows() }
    if (signal.aborted) return cancelled(soFar, clock.now())
    logger.error({ err: error, import: id }, 'an import failed')
    return failed(soFar, error instanceof Error ? error.message : String(error), clock.now())
  }
}

export function importQueue(needs: ImportQueueNeeds): ImportQueue {
  const { imports, spool, logger } = needs
  let running: Running | null = null
  let isStopped = false

  async function run(waiting: ImportRecord, tally: Tally, signal: AbortSignal): Promise<void> {
    const { id } = waiting
    try {
      const record = await imports.put({ ...waiting, state: 'running' })
      const over = await outcomeOf(needs, record, { tally, signal, isStopped: () => isStopped })
      if (over === null) return
      const { state, rows, trouble } = await imports.put(over)
      logger.info({ import: id, state, rows, trouble }, 'an import ended')
      // Only now: until the end is in the book, the next run of the program may need the file.
      await spool.remove(id)
    } catch (error) {
      logger.error({ err: error, import: id }, 'the end of an import could not be stored')
    }
  }

  function next(): void {
    if (running !== null || isStopped) return
    const waiting = imports.all().filter(({ state }) => state === 'waiting')
    const [first] = waiting.sort((one, other) => one.heardAt - other.heardAt)
    if (first === undefined) return
    const stopping = new AbortController()
    const tally = tallyOf(needs.load)
    const ended = run(first, tally, stopping.signal).finally(() => {
      running = null
      next()
    })
    running = { id: first.id, stopping, ended, tally }
  }

  async function endRunning(): Promise<void> {
    running?.stopping.abort()
    await running?.ended
  }

  return Object.freeze({
    next,
    stepOf: (id) => (running?.id === id ? running.tally.step() : null),
    cancel: (id) => (running?.id === id ? endRunning() : null),
    stop() {
      isStopped = true
      return endRunning()
    },
  } satisfies ImportQueue)
}
