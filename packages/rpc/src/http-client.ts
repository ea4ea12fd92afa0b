import { type Clock, isFailure, systemClock } from '@eip/kernel'
import type { Call, CallOptions } from './call.ts'
import { limitsOf } from './call-options.ts'
import type { AnyContractRouter, Client } from './contract.ts'
import { deadlineHeader } from './http-message.ts'
import type { HttpAnswer, HttpTransport } from './http-transport.ts'
import { parseFailure, rpcFailure } from './rpc-failure.ts'
import { rpcPrefix } from './rpc-handler.ts'
import { runCall } from './run-call.ts'
import { schemasOf } from './schema-shape.ts'
import { parseOutput } from './served-contract.ts'
import { formatTrace } from './trace-context.ts'

export type RemoteService = Readonly<{
  service: string
  /** Root of the host where it runs, as in `http://search.internal:8081`. */
  address: URL
  transport: HttpTransport
  clock?: Clock
}>

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The client of a contract that another host serves with `rpcHandler`.
 * Output is validated here again: the host over there may run another version.
 */
export function httpClient<Contract extends AnyContractRouter>(
  contract: Contract,
  remote: RemoteService,
): Client<Contract> {
  const { service, transport, clock = systemClock } = remote

  const post = async (name: string, address: URL, input: unknown, call: Call): Promise<HttpAnswer> => {
    const headers = { traceparent: formatTrace(call.trace), [deadlineHeader]: String(Math.ceil(call.remainingMs())) }
    try {
      return await transport.post(address, headers, JSON.stringify(input) ?? '', call.signal)
    } catch (error) {
      if (error instanceof TypeError) throw rpcFailure('rpc.bad-input', `JSON cannot carry it: ${error.message}`)
      const reason = (error as { code?: unknown }).code ?? 'broken connection'
      throw rpcFailure('rpc.unavailable', `${service} does not answer ${name}`, { service, reason }, error)
    }
  }

  const operation = (name: string) => {
    const schemas = schemasOf(name, contract[name]!)
    const address = new URL(`${rpcPrefix}${service}/${name}`, remote.address)
    return (input: unknown, options: CallOptions = {}): Promise<unknown> =>
      runCall(name, clock, limitsOf(options, clock), async (call) => {
        const { status, text } = await post(name, address, input, call)
        const body = parseJson(text)
        if (status === 200) return parseOutput(name, schemas, body)
        const failure = parseFailure(status, body)
        if (isFailure(failure)) throw failure
        const said = { service, status }
        throw rpcFailure('rpc.unavailable', `${service} answered ${name} with an unknown status ${status}`, said)
      })
  }
  const operations = Object.keys(contract).map((name) => [name, operation(name)])
  return Object.freeze(Object.fromEntries(operations)) as Client<Contract>
}
