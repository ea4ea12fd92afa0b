import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, type Failure, isFailure, systemClock } from '@eip/kernel'
import { ORPCError } from '@orpc/client'
import { StandardOpenAPIHandler, StandardOpenAPIMatcher } from '@orpc/openapi/standard'
import { os } from '@orpc/server'
import type { AnyContractRouter, Handlers } from './contract.ts'
import {
  goneSignal,
  type HttpHandler,
  readJson,
  sendBadMethod,
  sendFailure,
  sendJson,
  traceHeader,
} from './http-message.ts'
import { asFailure, httpStatusOf, rpcFailure } from './rpc-failure.ts'
import { type CallWatch, serveContract } from './served-contract.ts'
import { newTrace, parseTrace } from './trace-context.ts'

/** What goes out beside the body of an answer. A call that fails sends none of it. */
export type Reply = Readonly<{
  /** Sets a header of the answer; the last value of a name holds. */
  header(name: string, value: string): void
}>

export type OpenApiHandlerOptions<Extra extends object> = Readonly<{
  /** Where the API's paths stand, as in `/api/v1`. */
  prefix: `/${string}`
  /**
   * What the edge adds to every call, such as who is signed in, or `reply` for handlers that set headers. May throw a
   * Failure. Runs before the input is validated.
   */
  extra(request: IncomingMessage, operation: string, reply: Reply): Extra | Promise<Extra>
  /** Time for one operation, in milliseconds. */
  budgetMs(operation: string): number
  /** Largest body, in bytes. */
  bodyBytes?: number
  /** The public words for a request that is wrong, and for a path that is not there; `rpc.*` without them. */
  badRequest?(message: string, details: Readonly<Record<string, unknown>>): Failure
  notFound?(message: string): Failure
  watch?: CallWatch
  clock?: Clock
}>

type Answer = (operation: string, input: unknown) => Promise<unknown>

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const defaultBodyBytes = 8 * 2 ** 20

/** Percent escapes are read leniently further on: a broken one would silently become other text. */
function hasBrokenEscape(path: string): boolean {
  try {
    decodeURIComponent(path)
    return false
  } catch {
    return true
  }
}

/**
 * Serves a contract as plain HTTP, by the methods and paths of its routes (oRPC's OpenAPI mapping: query or JSON body, and
 * path parameters, make one input). HEAD is answered as GET without a body, OPTIONS with the methods of the path.
 * Every failure, whatever it comes from, is `{ "error": { "code", "message", "cure", "details"? } }`.
 */
export function openApiHandler<Contract extends AnyContractRouter, Extra extends object>(
  contract: Contract,
  handlers: Handlers<Contract, NoInfer<Extra>>,
  options: OpenApiHandlerOptions<Extra>,
): HttpHandler {
  const { prefix, clock = systemClock, bodyBytes = defaultBodyBytes, watch } = options
  const { worded, notFound } = publicWords(options)
  const served = serveContract(contract, handlers, { clock, ...(watch === undefined ? {} : { watch }) })
  const router = openApiRouter(contract)
  const matcher = new StandardOpenAPIMatcher()
  matcher.init(router)
  const handler = new StandardOpenAPIHandler<{ answer: Answer }>(router, {
    customErrorResponseBodyEncoder: ({ data, message }) =>
      isFailure(data) ? data : rpcFailure('rpc.bad-input', message),
  })

  const answerFor =
    (request: IncomingMessage, response: ServerResponse, reply: Reply): Answer =>
    (operation, input) => {
      const limits = {
        deadline: clock.now() + options.budgetMs(operation),
        trace: parseTrace(traceHeader(request)) ?? newTrace(),
        signals: [goneSignal(response)],
      }
      return served.answer(operation, input ?? {}, limits, () => options.extra(request, operation, reply))
    }

  const respond = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (hasBrokenEscape(url.pathname) || hasBrokenEscape(url.search)) {
      throw rpcFailure('rpc.bad-input', 'the path or query holds a malformed percent escape')
    }
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    const lazyRequest = {
      method,
      url,
      headers: request.headers,
      body: () => readJson(request, bodyBytes).then((body) => body ?? {}, throwOrpcError),
      signal: undefined,
    }
    const headers: Record<string, string> = {}
    const reply: Reply = Object.freeze({
      header(name: string, value: string) {
        headers[name.toLowerCase()] = value
      },
    })
    const context = { answer: answerFor(request, response, reply) }
    const result = await handler.handle(lazyRequest as Parameters<typeof handler.handle>[0], { prefix, context })
    if (result.matched) {
      const { status, body } = result.response
      if (isFailure(body)) sendFailure(response, worded(body))
      else sendJson(response, status, body, headers)
      return
    }
    const allowed = await methodsAt(matcher, url.pathname.slice(prefix.length))
    if (allowed.length === 0) throw notFound(`there is nothing at ${url.pathname.slice(0, 200)}`)
    if (method !== 'OPTIONS') return sendBadMethod(request, response, allowed)
    response.writeHead(204, { allow: allowed.join(', ') }).end()
  }

  return async (request, response) => {
    const url = URL.parse(`http://localhost${request.url ?? '/'}`)
    if (url === null || !(url.pathname === prefix || url.pathname.startsWith(`${prefix}/`))) return false
    try {
      await respond(request, response, url)
    } catch (error) {
      if (!isFailure(error)) watch?.failed(error, { operation: 'http', trace: newTrace() })
      sendFailure(response, worded(asFailure(error)))
    }
    return true
  }
}

/** oRPC hands its own errors through to the encoder, and turns all others into a 400 or 500 of its own. */
function throwOrpcError(error: unknown): never {
  const failure = asFailure(error)
  throw new ORPCError(failure.code, { status: httpStatusOf[failure.kind], data: failure })
}

/** The methods that are answered at a path, HEAD with GET. */
async function methodsAt(matcher: StandardOpenAPIMatcher, pathname: string): Promise<string[]> {
  const path: `/${string}` = `/${pathname.replace(/^\/|\/$/g, '')}`
  const matches = await Promise.all(methods.map((method) => matcher.match(method, path)))
  const found = methods.filter((_method, at) => matches[at] !== undefined)
  return found.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}

function publicWords<Extra extends object>({ badRequest, notFound }: OpenApiHandlerOptions<Extra>) {
  return {
    worded: (failure: Failure): Failure =>
      failure.code === 'rpc.bad-input' && badRequest ? badRequest(failure.message, failure.details) : failure,
    notFound: notFound ?? ((message: string) => rpcFailure('rpc.not-found', message)),
  }
}

/** oRPC finds the operation and puts its input together; validation and errors are `served-contract`'s, as on every other way in. */
function openApiRouter(contract: AnyContractRouter) {
  const procedures = Object.entries(contract).map(([name, operation]) => [
    name,
    os
      .$context<{ answer: Answer }>()
      .route(operation['~orpc'].route)
      .handler(({ context, input }) => context.answer(name, input).catch(throwOrpcError)),
  ])
  return Object.fromEntries(procedures)
}
