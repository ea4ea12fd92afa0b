import { setImmediate } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import type { Positions } from '@eip/contracts'
import { failures } from '@eip/kernel'
import type { IndexStatistics } from '../product-index.port.ts'
import type { ColumnChange, ProductChange, ProductIndexWriter } from '../product-index-writer.port.ts'
import { type FromWorker, receivedFailure, type ToWorker } from './native.messages.ts'

const failure = failures({
  'product-index.writer-stopped': {
    kind: 'unavailable',
    cure: 'Restart the program; what was not saved comes again from the events.',
  },
})

/** Changes on their way to the worker at once; beyond, `apply` waits until some of them are in the view. */
const mostUnderWay = 4_000
/** Characters of JSON that are written and sent in one go: about a millisecond of this thread. */
const chunkCharacters = 128 * 1_024
const columnChangesPerMessage = 500

type Waiting = Readonly<{ resolve: () => void; reject: (error: unknown) => void }>

export interface NativeIndexWriter extends ProductIndexWriter {
  /** What the worker answered. */
  receive(message: FromWorker): void
  /** Everything that waits fails, and whatever comes later. */
  stopped(reason: string, cause?: unknown): void
}

/** This thread's side of the writer: sends work to the worker, in order and not too much at once. */
export function nativeIndexWriter(
  worker: Worker,
  startPositions: Positions | null,
  view: { refresh(): void; statistics(): IndexStatistics },
): NativeIndexWriter {
  const waiting = new Map<number, Waiting>()
  let lastRequest = 0
  let positionsHeld = startPositions
  let end: Error | null = null
  let underWay = 0
  let someDone = Promise.withResolvers<void>()
  let lastSent: Promise<unknown> = Promise.resolve()

  const send = (message: ToWorker) => {
    if (end !== null) throw end
    worker.postMessage(message)
  }
  const request = (message: (request: number) => ToWorker): Promise<void> => {
    const number = ++lastRequest
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // Whoever asked may still be busy with sending when the answer is a rejection.
    promise.catch(() => {})
    send(message(number))
    waiting.set(number, { resolve, reject })
    return promise
  }
  /** Runs one sender after the other: the parts of two batches must not mix. Answers with what the sender answers. */
  const inTurn = <T>(sender: () => Promise<T>): Promise<T> => {
    const mine = lastSent.then(sender)
    lastSent = mine.catch(() => {})
    return mine
  }
  const settle = (number: number, how: (one: Waiting) => void) => {
    const one = waiting.get(number)
    waiting.delete(number)
    if (one !== undefined) how(one)
  }

  async function sendChanges(
    changes: readonly ProductChange[],
    positions: Positions,
  ): Promise<{ answer: Promise<void> }> {
    while (underWay > 0 && underWay + changes.length > mostUnderWay) await someDone.promise
    underWay += changes.length
    try {
      for (const json of jsonChunks(changes)) {
        send({ kind: 'changes', json })
        if (json.length >= chunkCharacters) await setImmediate()
      }
      const answer = request((number) => ({ kind: 'apply', request: number, positions }))
      const done = () => release(changes.length)
      answer.then(done, done)
      return { answer }
    } catch (error) {
      release(changes.length)
      throw error
    }
  }
  const release = (count: number) => {
    underWay -= count
    someDone.resolve()
    someDone = Promise.withResolvers<void>()
  }

  return Object.freeze({
    async apply(changes: readonly ProductChange[], positions: Positions) {
      const { answer } = await inTurn(() => sendChanges(changes, positions))
      await answer
      positionsHeld = { ...positionsHeld, ...positions }
    },
    async updateColumns(changes: readonly ColumnChange[]) {
      const answers = await inTurn(async () => {
        const sent: Promise<void>[] = []
        for (let start = 0; start < changes.length; start += columnChangesPerMessage) {
          const part = changes.slice(start, start + columnChangesPerMessage)
          sent.push(request((number) => ({ kind: 'columns', request: number, changes: part })))
          await setImmediate()
        }
        return sent
      })
      await Promise.all(answers)
    },
    async save() {
      const { answer } = await inTurn(async () => ({
        answer: request((number) => ({ kind: 'save', request: number })),
      }))
      await answer
    },
    resumeFrom: () => positionsHeld,
    statistics: view.statistics,
    receive(message: FromWorker) {
      if (message.kind !== 'done' && message.kind !== 'failed') return
      // The publication was posted before this answer: taking it in now keeps old views from piling up unread.
      view.refresh()
      settle(message.request, ({ resolve, reject }) =>
        message.kind === 'done' ? resolve() : reject(receivedFailure(message.failure)),
      )
    },
    stopped(reason: string, cause?: unknown) {
      end ??= failure('product-index.writer-stopped', `the index writer has stopped: ${reason}`, {}, cause)
      for (const number of [...waiting.keys()]) settle(number, ({ reject }) => reject(end))
    },
  })
}

/** The changes as JSON arrays of about `chunkCharacters`: one product at a time, so that no single step is long. */
function* jsonChunks(changes: readonly ProductChange[]): Generator<string> {
  let parts: string[] = []
  let characters = 0
  for (const change of changes) {
    const json = JSON.stringify(change)
    parts.push(json)
    characters += json.length + 1
    if (characters < chunkCharacters) continue
    yield `[${parts.join()}]`
    parts = []
    characters = 0
  }
  if (parts.length > 0) yield `[${parts.join()}]`
}
