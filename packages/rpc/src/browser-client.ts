import { createORPCClient } from '@orpc/client'
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'

/** What went wrong on the way to the gateway, or what it answered. The words are for people: `cure` says what to do. */
export class ClientFailure extends Error {
  override readonly name = 'ClientFailure'
  readonly code: string
  readonly cure: string
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    message: string,
    cure: string,
    status = 0,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.code = code
    this.cure = cure
    this.status = status
    this.details = details
  }
}

/** The methods and paths of a contract without its schemas, as `minifyContractRouter` makes them. */
export type ContractRoutes = AnyContractRouter

export type BrowserClient<Contract extends AnyContractRouter> = ContractRouterClient<Contract>

export type BrowserClientOptions = Readonly<{
  /** Where the API stands, whole: `https://shop.example/api/v1`. */
  url: string
  /** Sent as `x-csrf-token` with whatever may change something; null: nobody is signed in. */
  csrf?: () => string | null
  /** Milliseconds after which an unanswered call fails with `client.late`. Default 30,000. */
  lateAfterMs?: number
  fetch?: typeof fetch
}>

const unreachable = () =>
  new ClientFailure(
    'client.unreachable',
    'The server does not answer.',
    'Check the connection; this page goes on by itself when the server is back.',
  )

const late = (ms: number) =>
  new ClientFailure('client.late', `The server did not answer within ${ms / 1000} seconds.`, 'Try again in a moment.')

const badAnswer = (status: number) =>
  new ClientFailure(
    'client.bad-answer',
    `The server answered something that is not of the API (status ${status}).`,
    'Reload the page: it may be older than the server.',
    status,
  )

/** Statuses of proxies whose server is away. */
const away = new Set([502, 503, 504])

/** `{ error: { code, message, cure, details } }` as a failure; anything else was written by someone on the way. */
function failureOf(status: number, body: unknown): ClientFailure {
  const error = (body as { error?: Partial<ClientFailure> } | null | undefined)?.error
  if (typeof error?.code === 'string' && typeof error.message === 'string' && typeof error.cure === 'string')
    return new ClientFailure(error.code, error.message, error.cure, status, error.details ?? {})
  return away.has(status) ? unreachable() : badAnswer(status)
}

const isJson = ({ headers }: Response): boolean => /^application\/json\b/.test(headers.get('content-type') ?? '')

function fetchWithin(options: BrowserClientOptions) {
  const { lateAfterMs = 30_000, csrf = () => null } = options
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)
  return async (request: Request, init: RequestInit): Promise<Response> => {
    const timeout = AbortSignal.timeout(lateAfterMs)
    const token = request.method === 'GET' ? null : csrf()
    if (token !== null) request.headers.set('x-csrf-token', token)
    try {
      const signal = AbortSignal.any([request.signal, timeout])
      const response = await send(request, { ...init, credentials: 'same-origin', signal })
      // Read whole here: what breaks off on the way is a failure of the way as well.
      const body = response.status === 204 ? null : await response.arrayBuffer()
      if (!response.ok && !isJson(response)) throw failureOf(response.status, null)
      return new Response(body, response)
    } catch (error) {
      if (request.signal.aborted || error instanceof ClientFailure) throw error
      throw timeout.aborted ? late(lateAfterMs) : unreachable()
    }
  }
}

/**
 * A contract's client for pages: one function per operation, `client.search({ q: 'kettle' }, { signal })`. Neither schemas nor
 * handlers are needed at run time, only the contract's type and its routes. Cookies of the page's own origin are sent along.
 *
 * Calls fail with a `ClientFailure`: the gateway's own, or `client.unreachable`, `client.late`, `client.bad-answer`. A call whose
 * `signal` is aborted fails with the signal's reason.
 */
export function browserClient<Contract extends AnyContractRouter>(
  routes: ContractRoutes,
  options: BrowserClientOptions,
): BrowserClient<Contract> {
  const link = new OpenAPILink(routes, {
    url: options.url,
    fetch: fetchWithin(options),
    customErrorResponseBodyDecoder: (body, { status }) => {
      throw failureOf(status, body)
    },
    interceptors: [
      async ({ next, signal }) => {
        try {
          return await next()
        } catch (error) {
          if (error instanceof ClientFailure || signal?.aborted) throw error
          throw badAnswer(200)
        }
      },
    ],
  })
  return createORPCClient<BrowserClient<Contract>>(link)
}
