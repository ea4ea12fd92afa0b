import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { TextEncoder } from '../text-encoder.ts'
import type { ThreadStart } from './messages.ts'
import { threadClient } from './thread-client.ts'

/** A query takes some 3 ms: who would wait behind 64 of them has given up before its turn. */
const defaultMostWaiting = 64

/**
 * Opens an encoder in a thread of its own; the caller's event loop stays free while it computes.
 *  - Queries overtake products: a query waits for one piece of the products at most (8 short texts, or a long one).
 *  - A call costs the calling thread 4 µs a product: 500 at once hold it up 2 ms.
 *  - At most `mostWaiting` calls of each kind wait; more fail with `text-encoder.overloaded`.
 *  - If the thread dies, all that wait and all later calls fail with `text-encoder.stopped`.
 *  - `close` answers what was asked before, then ends the thread; later calls fail with `text-encoder.stopped`.
 * Fails as `openEncoder` does.
 */
export function openEncoderThread(directory: string, options: { mostWaiting?: number } = {}): Promise<TextEncoder> {
  const workerData: ThreadStart = { directory: resolve(directory) }
  // Without this program's own flags: some of them (`--eval`, preloaded modules) are not for a thread.
  const worker = new Worker(new URL('./encoder.worker.ts', import.meta.url), {
    workerData,
    execArgv: [],
    name: 'text-encoder',
  })
  return threadClient(worker, directory, options.mostWaiting ?? defaultMostWaiting)
}
