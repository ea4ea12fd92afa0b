import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AnyContractRouter } from './contract.ts'
import {
  deadlineHeader,
  goneSignal,
  type HttpHandler,
  readJson,
  sendBadMethod,
  sendFailure,
  sendJson,
  traceHeader,
} from './http-message.ts'
import { asFailure, rpcFailure } from './rpc-failure.ts'
import type { ServedContract } from './served-contract.ts'
import { newTrace, parseTrace } from './trace-context.ts'

/** Where contracts are served between services: `POST /rpc/<service>/<operation>`, input and output as JSON. */
export const rpcPrefix = '/rpc/'

export type RpcLimits = Readonly<{
  /** Largest body, in bytes. */
  bodyBytes: number
  /** Longest time for one call, in milliseconds, whatever the caller grants. */
  callMs: number
}>

const defaultLimits: RpcLimits = Object.freeze({ bodyBytes: 32 * 2 ** 20, callMs: 60_000 })

/** Serves contracts by service name to `httpClient`s. Meant for the inner network: it asks nobody who they are. */
export function rpcHandler(
  services: Readonly<Record<string, ServedContract<AnyContractRouter>>>,
  limits: RpcLimits = defaultLimits,
): HttpHandler {
  return async (request, response) => {
    const path = request.url ?? ''
    if (!path.startsWith(rpcPrefix)) return false
    const [service, operation, ...rest] = path.slice(rpcPrefix.length).split('/')
    const served = Object.hasOwn(services, service ?? '') ? services[service!] : undefined
    if (
      served === undefined ||
      operation === undefined ||
      rest.length > 0 ||
      !Object.hasOwn(served.contract, operation)
    ) {
      sendFailure(response, rpcFailure('rpc.not-found', `nothing is served at ${path.slice(0, 200)}`))
    } else if (request.method !== 'POST') {
      sendBadMethod(request, response, ['POST'])
    } else {
      await answer(served, operation, limits, request, response)
    }
    return true
  }
}

async function answer(
  served: ServedContract<AnyContractRouter>,
  operation: string,
  limits: RpcLimits,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const granted = Number(request.headers[deadlineHeader] ?? limits.callMs)
  const budget = Math.min(Number.isFinite(granted) ? Math.max(0, granted) : limits.callMs, limits.callMs)
  const callLimits = {
    deadline: served.clock.now() + budget,
    trace: parseTrace(traceHeader(request)) ?? newTrace(),
    signals: [goneSignal(response)],
  }
  try {
    const input = await readJson(request, limits.bodyBytes)
    sendJson(response, 200, await served.answer(operation, input, callLimits, () => ({})))
  } catch (error) {
    sendFailure(response, asFailure(error))
  }
}
