import type { Worker } from 'node:worker_threads'
import { receivedFailure } from '@eip/kernel'
import { failure } from '../failures.ts'
import type { EncoderDescription, EncoderText, TextEncoder } from '../text-encoder.ts'
import type { FromThread, ToThread } from './messages.ts'

type Kind = 'products' | 'queries'
type Waiting = Readonly<{ kind: Kind; resolve(vectors: Float32Array): void; reject(error: unknown): void }>

/**
 * The encoder of another thread as its users see it: each call is a message to `worker`, which speaks as `encoder.worker.ts`
 * does. Resolves when the thread has opened its encoder. At most `mostWaiting` requests of each kind are under way.
 */
export async function threadClient(worker: Worker, directory: string, mostWaiting: number): Promise<TextEncoder> {
  const waiting = new Map<number, Waiting>()
  const opened = Promise.withResolvers<EncoderDescription>()
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let lastRequest = 0
  let end: Error | null = null

  function stop(reason: string, cause?: unknown): void {
    end ??= failure('text-encoder.stopped', `the thread of encoder "${directory}" ${reason}`, { directory }, cause)
    for (const { reject } of waiting.values()) reject(end)
    waiting.clear()
    opened.reject(end)
  }
  function receive(message: FromThread): void {
    if (message.kind === 'opened') opened.resolve(message.description)
    else if (message.kind === 'refused') opened.reject(receivedFailure(message.failure))
    else settle(message)
  }
  function settle(message: Extract<FromThread, { request: number }>): void {
    const asked = waiting.get(message.request)
    waiting.delete(message.request)
    if (message.kind === 'done') asked?.resolve(message.vectors)
    else asked?.reject(receivedFailure(message.failure))
  }
  worker.on('message', receive)
  worker.on('messageerror', (error) => stop('answered what cannot be read', error))
  worker.on('error', (error) => stop(`has failed: ${error instanceof Error ? error.message : String(error)}`, error))
  worker.on('exit', (code) => stop(`has ended with code ${code}`))

  async function ask(kind: Kind, message: (request: number) => ToThread): Promise<Float32Array> {
    if (end !== null) throw end
    const others = [...waiting.values()].filter((other) => other.kind === kind).length
    if (others >= mostWaiting)
      throw failure('text-encoder.overloaded', `${others} requests for ${kind} wait for encoder "${directory}"`, {
        waiting: others,
      })
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array>()
    worker.postMessage(message(++lastRequest))
    waiting.set(lastRequest, { kind, resolve, reject })
    return promise
  }

  const description = await opened.promise.catch(async (error: unknown) => {
    await exited
    throw error
  })
  let closed: Promise<void> | null = null
  return Object.freeze({
    description: Object.freeze(description),
    encodeProducts: (texts: readonly EncoderText[]) =>
      ask('products', (request) => ({ kind: 'products', request, texts })),
    encodeQueries: (texts: readonly string[]) => ask('queries', (request) => ({ kind: 'queries', request, texts })),
    close() {
      if (closed !== null) return closed
      closed = exited
      worker.postMessage({ kind: 'close' } satisfies ToThread)
      end ??= failure('text-encoder.stopped', `encoder "${directory}" is closed`, { directory })
      return closed
    },
  })
}
