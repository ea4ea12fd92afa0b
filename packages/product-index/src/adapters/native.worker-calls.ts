import type { Worker } from 'node:worker_threads'
import { failures, receivedFailure } from '@eip/kernel'
import type { FromWorker, ToWorker } from './native.messages.ts'

const failure = failures({
  'product-index.writer-stopped': {
    kind: 'unavailable',
    cure: 'Restart the program; what was not saved comes again from the events.',
  },
})

type Waiting = Readonly<{ resolve: (answer: string) => void; reject: (error: unknown) => void }>

/** Calls of the worker by number; its answers may come in any order. */
export interface WorkerCalls {
  send(message: ToWorker): void
  /** Resolves with what the worker answers ('' where it only says that it is done). Throws where it has stopped. */
  request(message: (request: number) => ToWorker): Promise<string>
  /** Runs one sender after the other: the parts of two batches must not mix. Answers with what the sender answers. */
  inTurn<T>(sender: () => Promise<T>): Promise<T>
  /** What the worker answered. */
  receive(message: FromWorker): void
  /** Everything that waits fails, and whatever comes later. */
  stopped(reason: string, cause?: unknown): void
}

/** `answered` is called before whoever waits for the answer learns of it. */
export function workerCalls(worker: Worker, answered: () => void): WorkerCalls {
  const waiting = new Map<number, Waiting>()
  let lastRequest = 0
  let end: Error | null = null
  let lastSent: Promise<unknown> = Promise.resolve()

  const send = (message: ToWorker) => {
    if (end !== null) throw end
    worker.postMessage(message)
  }
  const settle = (number: number, how: (one: Waiting) => void) => {
    const one = waiting.get(number)
    waiting.delete(number)
    if (one !== undefined) how(one)
  }
  return Object.freeze({
    send,
    request(message: (request: number) => ToWorker) {
      const number = ++lastRequest
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      // Whoever asked may still be busy with sending when the answer is a rejection.
      promise.catch(() => {})
      send(message(number))
      waiting.set(number, { resolve, reject })
      return promise
    },
    inTurn<T>(sender: () => Promise<T>) {
      const mine = lastSent.then(sender)
      lastSent = mine.catch(() => {})
      return mine
    },
    receive(message: FromWorker) {
      if (message.kind !== 'done' && message.kind !== 'failed') return
      answered()
      settle(message.request, ({ resolve, reject }) =>
        message.kind === 'done' ? resolve(message.answer ?? '') : reject(receivedFailure(message.failure)),
      )
    },
    stopped(reason: string, cause?: unknown) {
      end ??= failure('product-index.writer-stopped', `the index writer has stopped: ${reason}`, {}, cause)
      for (const number of [...waiting.keys()]) settle(number, ({ reject }) => reject(end))
    },
  })
}
