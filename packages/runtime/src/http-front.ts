import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import {
  asFailure,
  failureBody,
  formatTrace,
  type HttpHandler,
  newTrace,
  parseTrace,
  rpcFailure,
  sendFailure,
} from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import { runtimeFailure } from './runtime-failure.ts'

export type FrontLimits = Readonly<{
  /** Requests that are worked on at once; more are refused with 503. */
  inFlight: number
  /** Longest time for a request whose handler set itself no limit, in milliseconds. */
  requestMs: number
  /** How long running requests may take to finish when the host stops, in milliseconds. */
  drainMs: number
}>

export const defaultFrontLimits: FrontLimits = Object.freeze({ inFlight: 512, requestMs: 120_000, drainMs: 10_000 })

/** The HTTP server of a host. */
export type HttpFront = Readonly<{
  /** Fails with `runtime.port-in-use` or `runtime.cannot-listen`. */
  listen(port: number, hostname: string): Promise<URL>
  /** Refuses new work and waits until running requests are answered, `drainMs` at most; what is left is broken off. */
  drain(): Promise<void>
  close(): Promise<void>
}>

// A query of 20,000 characters in any script, percent-escaped, fits.
const maxHeaderSize = 256 * 2 ** 10
// Receiving a request takes no longer; connections that idle are kept for longer than clients of this platform do.
const timeouts = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }

/** `pages` are always answered; `work` is counted, limited and drained. */
export function httpFront(pages: HttpHandler, work: HttpHandler, limits: FrontLimits, logger: Logger): HttpFront {
  let running = 0
  let isDraining = false
  let drained = () => {}

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await pages(request, response)) return
    if (isDraining) throw runtimeFailure('runtime.stopping', 'this host is stopping')
    if (running >= limits.inFlight) {
      throw runtimeFailure('runtime.busy', `${limits.inFlight} requests are being worked on already`)
    }
    running++
    const late = setTimeout(() => tooLate(response, limits.requestMs), limits.requestMs)
    response.once('close', () => {
      clearTimeout(late)
      running--
      if (running === 0) drained()
    })
    if (await work(request, response)) return
    throw runtimeFailure('runtime.not-found', `there is nothing at ${(request.url ?? '').split('?')[0]!.slice(0, 200)}`)
  }

  const server = createServer({ maxHeaderSize, ...timeouts }, (request, response) => {
    traced(request, response, logger)
    answer(request, response).catch((error: unknown) => {
      const failure = asFailure(error)
      if (failure.kind === 'internal')
        logger.error({ err: error, path: pathOf(request) }, 'a request failed by a defect')
      sendFailure(response, failure, isDraining ? { headers: { connection: 'close' } } : {})
    })
  })
  server.on('clientError', refuseMalformed)

  return Object.freeze({
    async listen(port: number, hostname: string) {
      const address = await listening(server, port, hostname)
      server.on('error', (error) => logger.error({ err: error }, 'the HTTP server failed'))
      return address
    },
    async drain() {
      isDraining = true
      if (running > 0) {
        const rest = setTimeout(() => drained(), limits.drainMs)
        await new Promise<void>((resolve) => {
          drained = resolve
        })
        clearTimeout(rest)
      }
      if (running > 0) logger.warn({ requests: running }, 'running requests were broken off')
      server.closeAllConnections()
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

const pathOf = (request: IncomingMessage) => (request.url ?? '').split('?')[0]!

/** Every request has a trace, given or new; handlers read it from the header, the answer names it, the log has it. */
function traced(request: IncomingMessage, response: ServerResponse, logger: Logger): void {
  const given = request.headers.traceparent
  const trace = parseTrace(typeof given === 'string' ? given : undefined) ?? newTrace()
  request.headers.traceparent = formatTrace(trace)
  response.setHeader('x-trace-id', trace.traceId)
  const start = performance.now()
  response.once('close', () => {
    const ms = Math.round((performance.now() - start) * 10) / 10
    const isAnswered = response.writableFinished
    const fields = {
      method: request.method,
      path: pathOf(request),
      status: response.statusCode,
      ms,
      trace: trace.traceId,
    }
    logger.debug(isAnswered ? fields : { ...fields, isAnswered }, 'request')
  })
}

function tooLate(response: ServerResponse, limitMs: number): void {
  if (response.headersSent) response.destroy()
  else sendFailure(response, runtimeFailure('runtime.request-timeout', `not answered within ${limitMs} ms`))
}

/** What is not HTTP, comes too slowly or has too large a head gets an answer of the usual form, if there is a wire to send it on. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, reason, what] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', `path and headers are larger than ${maxHeaderSize} bytes`]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', 'the request was not sent completely in time']
        : [400, 'Bad Request', 'the request is not well-formed HTTP']
  const body = JSON.stringify(failureBody(rpcFailure('rpc.bad-input', what)))
  const head = `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json; charset=utf-8\r\nconnection: close`
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function listening(server: Server, port: number, hostname: string): Promise<URL> {
  const where = `port ${port} of ${hostname}`
  const named = (error: Error & { code?: string }) =>
    error.code === 'EADDRINUSE'
      ? runtimeFailure('runtime.port-in-use', `${where} is used by another program`, { port, hostname }, error)
      : runtimeFailure(
          'runtime.cannot-listen',
          `cannot listen on ${where}: ${error.message}`,
          { port, hostname },
          error,
        )
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(named(error))
    server.once('error', refuse)
    server.listen(port, hostname, () => {
      server.off('error', refuse)
      const { address, family, port: chosen } = server.address() as AddressInfo
      // "Every address" is no address to call: whoever asks on this machine reaches it by the loopback.
      const isEvery = address === '0.0.0.0' || address === '::'
      const reachable = isEvery ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
      resolve(new URL(`http://${reachable}:${chosen}`))
    })
  })
}
