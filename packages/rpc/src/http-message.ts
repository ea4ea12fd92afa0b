import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Failure } from '@eip/kernel'
import { failureBody, httpStatusOf, rpcFailure } from './rpc-failure.ts'

/** Answers one request, or says that it is not for it. Never rejects: what goes wrong is answered. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** What is left of the caller's time, in milliseconds. A time of day would need clocks that agree. */
export const deadlineHeader = 'x-eip-deadline-ms'

export const traceHeader = (request: IncomingMessage): string | undefined =>
  Array.isArray(request.headers.traceparent) ? undefined : request.headers.traceparent

/** Sends JSON, whole; nothing when the other side has gone or was answered already. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    'content-length': bytes.length,
  })
  response.end(bytes)
}

export function sendFailure(
  response: ServerResponse,
  failure: Failure,
  options: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  const status = options.status ?? httpStatusOf[failure.kind]
  const retry = status === 429 || status === 503 ? { 'retry-after': '1' } : {}
  sendJson(response, status, failureBody(failure), { ...retry, ...options.headers })
}

/** 405 is the one status beside the table: the path exists, and the answer says how to ask. */
export function sendBadMethod(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
  const allow = allowed.join(', ')
  const failure = rpcFailure('rpc.bad-method', `${request.method} is not answered here; ${allow} is`, { allowed })
  sendFailure(response, failure, { status: 405, headers: { allow } })
}

/** Aborts when the client goes away before it was answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const gone = () => {
    if (!response.writableEnded) controller.abort()
  }
  if (response.destroyed) gone()
  else response.once('close', gone)
  return controller.signal
}

/**
 * Reads a JSON body of at most `limit` bytes. No body at all reads as undefined.
 * Fails with `rpc.too-large`, or with `rpc.bad-input` for another content type, text that is not UTF-8, or broken JSON.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const tooLarge = () => rpcFailure('rpc.too-large', `the body is larger than ${limit} bytes`, { limit })
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  // Not `for await`: leaving that loop early would destroy the socket, and the answer with it. What comes after the limit
  // is read and dropped, so that the sender gets to read its answer; the server's time-out for requests bounds it.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        chunks.length = 0
        reject(tooLarge())
      } else chunks.push(chunk)
    })
    request.once('end', resolve)
    const broken = () => reject(rpcFailure('rpc.cancelled', 'the body ended before it was complete'))
    request.once('close', broken)
    request.once('error', broken)
  })
  if (size === 0) return undefined
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const sent = type === '' ? 'none' : `"${type.slice(0, 100)}"`
    throw rpcFailure('rpc.bad-input', `the content type must be application/json, not ${sent}`)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw rpcFailure('rpc.bad-input', 'the body is not well-formed JSON in UTF-8')
  }
}
