import { isFailure } from '@eip/kernel'
import type { CallOptions } from './call.ts'
import { limitsOf } from './call-options.ts'
import type { AnyContractRouter, Client } from './contract.ts'
import { failureBody, httpStatusOf, parseFailure, rpcFailure } from './rpc-failure.ts'
import { schemasOf } from './schema-shape.ts'
import type { ServedContract } from './served-contract.ts'

/** What the network would make of a value, for the parts that parsing hands on as they are. */
const carried = (value: unknown, code: 'rpc.bad-input' | 'rpc.bad-output'): unknown => {
  if (value === undefined) return undefined
  try {
    return JSON.parse(JSON.stringify(value))
  } catch (error) {
    throw rpcFailure(code, `JSON cannot carry it: ${error instanceof Error ? error.message : error}`)
  }
}

/** A failure as it would arrive over the network: no cause, and details of its own. */
const arrived = (error: unknown): unknown =>
  isFailure(error) ? parseFailure(httpStatusOf[error.kind], carried(failureBody(error), 'rpc.bad-output')) : error

const nothing = () => ({})

/** The client of a contract that is served in this process. Costs some microseconds a call: no text is made of it. */
export function inProcessClient<Contract extends AnyContractRouter>(
  served: ServedContract<Contract>,
): Client<Contract> {
  const call = (name: string) => {
    const { isInputBuiltAnew, isOutputBuiltAnew } = schemasOf(name, served.contract[name]!)
    return async (input: unknown, options: CallOptions = {}): Promise<unknown> => {
      try {
        const given = isInputBuiltAnew ? input : carried(input, 'rpc.bad-input')
        const output = await served.answer(name, given, limitsOf(options, served.clock), nothing)
        return isOutputBuiltAnew ? output : carried(output, 'rpc.bad-output')
      } catch (error) {
        throw arrived(error)
      }
    }
  }
  const operations = Object.keys(served.contract).map((name) => [name, call(name)])
  return Object.freeze(Object.fromEntries(operations)) as Client<Contract>
}
