import { MessageChannel, Worker } from 'node:worker_threads'
import { receivedFailure } from '@eip/kernel'
import type { ProductIndex } from '../product-index-writer.port.ts'
import { nativeIndexReader } from './native.index-reader.ts'
import { nativeIndexWriter } from './native.index-writer.ts'
import type { FromWorker, LogLine, ToWorker, VocabularyPart, WorkerOptions } from './native.messages.ts'
import { receiveVocabulary } from './native.vocabulary-parts.ts'
import { workerCalls } from './native.worker-calls.ts'

/** A merge's longest step at a million products takes a fraction of a second. */
const longestFarewellMs = 60_000

type Log = (fields: Readonly<Record<string, unknown>>, message: string) => void

export type NativeProductIndexOptions = Readonly<{
  /** Where snapshots lie (made if absent); one process at a time. null: nowhere, the view ends with the process. */
  dir: string | null
  logger?: Readonly<Record<LogLine['level'], Log>>
  /** The view saves itself after so many changes … Default 20,000. */
  saveAfterChanges?: number
  /** … or so many seconds after the first one that is not saved. Default 30. */
  saveAfterSeconds?: number
}>

/**
 * The serving view in this process: written in a worker thread, read on this one.
 *
 *      this thread                                    worker
 *   writer.apply ── JSON, in chunks ───────────▶ analyse → index, vectors → commit
 *        ▲                                              │
 *        └──────────────── done ◀───────────────────────┤
 *   reader.retrieve ◀─ drains, when stale ── publication┘ (shared memory by reference)
 *                                                merges, links and snapshots in slices in between
 *
 * Fails with `text-index.snapshot-newer` where the snapshot is a newer program's. One that is damaged or of another
 * generation is set aside with a line in the log: the view then starts empty, and `resumeFrom` answers null.
 */
export async function openNativeProductIndex(options: NativeProductIndexOptions): Promise<ProductIndex> {
  const { port1: sent, port2: received } = new MessageChannel()
  const workerOptions: WorkerOptions = {
    directory: options.dir,
    saveAfterChanges: options.saveAfterChanges ?? 20_000,
    saveAfterSeconds: options.saveAfterSeconds ?? 30,
    publications: sent,
  }
  const script = new URL('./native.product-index.worker.ts', import.meta.url)
  const worker = new Worker(script, { workerData: workerOptions, transferList: [sent], name: 'index writer' })
  const log = ({ level, fields, message }: LogLine) => options.logger?.[level](fields, message)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  /** The thread is asked to end rather than cut off in the middle of native work; only one that hangs is. */
  const release = async () => {
    worker.postMessage({ kind: 'close' } satisfies ToWorker)
    const cut = setTimeout(() => void worker.terminate(), longestFarewellMs)
    await exited
    clearTimeout(cut)
    received.close()
  }
  const positions = await opened(worker, log).catch(async (error) => {
    await release()
    throw error
  })

  // The publication was posted before an answer: taking it in with that keeps old views from piling up unread.
  const calls = workerCalls(worker, () => reader.refresh())
  const askPart = async (part: number) =>
    JSON.parse(await calls.request((request) => ({ kind: 'vocabulary', request, part }))) as VocabularyPart
  const reader = nativeIndexReader(received, () => receiveVocabulary(askPart))
  const writer = nativeIndexWriter(calls, positions, reader.statistics)
  reader.refresh()
  worker.on('message', (message: FromWorker) => (message.kind === 'log' ? log(message) : calls.receive(message)))
  worker.on('error', (error) => {
    calls.stopped(error instanceof Error ? error.message : String(error), error)
    log({ level: 'error', fields: { err: error }, message: 'the index writer has stopped' })
  })
  worker.on('exit', (code) => calls.stopped(`its thread ended with ${code}`))

  let closing: Promise<void> | undefined
  return Object.freeze({
    writer,
    reader,
    close() {
      closing ??= writer.save().finally(async () => {
        calls.stopped('the index was closed')
        await release()
      })
      return closing
    },
  })
}

/** Waits until the worker has read its snapshot; answers with the positions that it holds. */
function opened(worker: Worker, log: (line: LogLine) => void) {
  return new Promise<Extract<FromWorker, { kind: 'opened' }>['positions']>((resolve, reject) => {
    const hear = (message: FromWorker) => {
      if (message.kind === 'log') return log(message)
      worker.off('message', hear)
      worker.off('error', reject)
      if (message.kind === 'opened') resolve(message.positions)
      else if (message.kind === 'refused') reject(receivedFailure(message.failure))
    }
    worker.on('message', hear)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the index writer ended with ${code} before it was open`)))
  })
}
