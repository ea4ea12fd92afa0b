import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import type { Product } from '@eip/contracts'
import { failures, isFailure } from '@eip/kernel'
import { parseFieldMapping } from '@eip/pipeline-products'
import type { ImportJob, ImportOutcome, ImportRunner, ImportStep, LoadedProducts } from '@eip/service-catalog'
import type { FilesAddress } from '../backends/files.ts'

const failure = failures({
  'import.run-failed': {
    kind: 'internal',
    cure: 'Look at the reason; the same file may be sent again, and what was loaded of it is then unchanged.',
  },
})

/** The first that the child hears, and not an argument of it: everybody on the machine reads those, and it may hold a key. */
export type ImportOrder = Pick<ImportJob, 'file' | 'options' | 'rejectedFile'> &
  Readonly<{ lake: string; files: FilesAddress | null; lakePatienceMs: number }>

/** What the child tells: steps and products in any number, each products' answer awaited; then one of the others. */
export type ImportMessage = Readonly<
  | { kind: 'step'; step: ImportStep }
  | { kind: 'load'; products: readonly Product[] }
  | { kind: 'done'; outcome: ImportOutcome }
  | { kind: 'failed'; reason: string }
>

/** What the child hears then. */
export type ImportAnswer = Readonly<{ kind: 'loaded'; loaded: LoadedProducts }>

/** Characters of what the child wrote to standard error that a reason may hold. */
const errorTail = 2_000

export type ChildImportRunnerOptions = Readonly<{
  /** The folder of the lake, which the child alone opens. */
  lake: string
  /** Where the parts of the lake stand for all processes; without it, in the folder alone. */
  files?: FilesAddress | null
  /** How long a lake that another process has open is waited for; default ten minutes. */
  lakePatienceMs?: number
  /** What the child runs. Default: the pipeline of products. */
  script?: URL
}>

/**
 * Runs the pipeline of products in a process of its own, of low priority: reading a file takes a core for minutes and DuckDB its
 * memory. The child opens the lake; products come back here, a piece at a time, and it waits for the answer:
 *
 *     child   FILE ─▶ lines ─▶ lake ─▶ last row of each id ─┐                 ┌─▶ next piece
 *     here                                                  └─▶ load ─▶ answer┘
 *
 * When this process dies, so does the child.
 */
export function childImportRunner(options: ChildImportRunnerOptions): ImportRunner {
  const { lake, files = null, lakePatienceMs = 600_000 } = options
  const script = options.script ?? new URL('./child.import-runner.process.ts', import.meta.url)
  return Object.freeze({
    fault({ map, ignore }) {
      try {
        parseFieldMapping(map, ignore)
        return null
      } catch (error) {
        if (isFailure(error)) return error.message
        throw error
      }
    },
    async run(job) {
      const { file, rejectedFile, signal } = job
      signal.throwIfAborted()
      const order: ImportOrder = { file, options: job.options, rejectedFile, lake, files, lakePatienceMs }
      const child = fork(script, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
      child.on('spawn', () => lowerPriority(child.pid))
      // A child that has died meanwhile is heard of by its end.
      child.send(order, () => {})
      try {
        return await watch(child, job)
      } catch (error) {
        // A child that was killed could not take away what it was writing.
        for (const each of [rejectedFile, `${rejectedFile}.part`]) await rm(each, { force: true })
        throw error
      }
    },
  } satisfies ImportRunner)
}

/** Hears a child out, and answers with what it came to. Nothing of it goes on when this has settled. */
async function watch(child: ChildProcess, { load, onProgress, signal }: ImportJob): Promise<ImportOutcome> {
  const kill = () => child.kill('SIGKILL')
  let outcome: ImportOutcome | null = null
  let reason: string | null = null
  let errors = ''
  let loading: Promise<void> = Promise.resolve()
  let refusal: Readonly<{ error: unknown }> | null = null

  const answer = async (products: readonly Product[]) => {
    try {
      const message: ImportAnswer = { kind: 'loaded', loaded: await load(products) }
      // A child that has died meanwhile is heard of by its end.
      child.send(message, () => {})
    } catch (error) {
      refusal = { error }
      kill()
    }
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-errorTail)
  })
  child.on('message', (message: ImportMessage) => {
    if (signal.aborted || refusal !== null) return
    if (message.kind === 'step') onProgress(message.step)
    else if (message.kind === 'load') loading = answer(message.products)
    else if (message.kind === 'done') outcome = message.outcome
    else reason = message.reason
  })
  signal.addEventListener('abort', kill)
  try {
    // Once its pipes are closed too: all it had to say has been heard.
    const [code, by] = (await once(child, 'close')) as [number | null, string | null]
    await loading
    signal.throwIfAborted()
    throwRefusal(refusal)
    if (code === 0 && outcome !== null) return outcome
    reason ??= errors.trim() || `it ended with ${by ?? `code ${code}`}`
  } finally {
    signal.removeEventListener('abort', kill)
  }
  throw failure('import.run-failed', `the import broke down: ${reason}`)
}

function throwRefusal(refusal: Readonly<{ error: unknown }> | null): void {
  if (refusal !== null) throw refusal.error
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or the system knows no priorities: it runs all the same.
  }
}
