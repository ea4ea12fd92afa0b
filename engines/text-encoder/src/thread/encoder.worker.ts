import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { openEncoder } from '../open-encoder.ts'
import type { TextEncoder } from '../text-encoder.ts'
import { encodingQueue } from './encoding-queue.ts'
import { type FromThread, sentFailure, type ThreadStart, type ToThread } from './messages.ts'

// The thread that has the encoder: it computes inside its event loop, and nobody else's waits for it.

function serve(port: MessagePort, encoder: TextEncoder): void {
  const send = (message: FromThread, moved: readonly ArrayBuffer[] = []) => port.postMessage(message, moved)
  const queue = encodingQueue(encoder)
  const underWay = new Set<Promise<void>>()

  async function answer(request: number, encoded: Promise<Float32Array<ArrayBuffer>>): Promise<void> {
    try {
      const vectors = await encoded
      send({ kind: 'done', request, vectors }, [vectors.buffer])
    } catch (error) {
      send({ kind: 'failed', request, failure: sentFailure(error) })
    }
  }
  async function close(): Promise<void> {
    await Promise.all(underWay)
    await encoder.close()
    // Ends by itself when nothing is left to do: a thread that is cut off in native work takes the process with it.
    port.close()
  }
  port.on('message', (message: ToThread) => {
    if (message.kind === 'close') return void close()
    const encoded = message.kind === 'products' ? queue.products(message.texts) : queue.queries(message.texts)
    const answered = answer(message.request, encoded)
    underWay.add(answered)
    void answered.finally(() => underWay.delete(answered))
  })
  send({ kind: 'opened', description: encoder.description })
}

const port = parentPort
if (port === null) throw new Error('encoder.worker.ts runs as a worker thread')
try {
  serve(port, await openEncoder((workerData as ThreadStart).directory))
} catch (error) {
  port.postMessage({ kind: 'refused', failure: sentFailure(error) } satisfies FromThread)
}
