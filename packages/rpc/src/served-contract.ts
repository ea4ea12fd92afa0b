import { performance } from 'node:perf_hooks'
import { type Clock, type Failure, type FailureKind, isFailure, systemClock } from '@eip/kernel'
import type { Call } from './call.ts'
import type { AnyContractRouter, Handlers } from './contract.ts'
import { rpcFailure } from './rpc-failure.ts'
import { type CallLimits, runCall } from './run-call.ts'
import { type OperationSchemas, schemasOf } from './schema-shape.ts'
import type { TraceContext } from './trace-context.ts'
import { sentence, validate } from './validate.ts'

/** Told of every call that is answered here; both must not throw. */
export type CallWatch = Readonly<{
  /** `outcome` is `ok` or the kind of the failure; `seconds` runs from the caller's asking to its answer. */
  finished?(event: Readonly<{ operation: string; outcome: 'ok' | FailureKind; seconds: number }>): void
  /** A defect: an error that nobody declared, a failure of kind `internal`, or an answer that breaks its schema. */
  failed(error: unknown, event: Readonly<{ operation: string; trace: TraceContext }>): void
}>

// A defect is never swallowed, even where nobody was named to be told.
const warnProcess: CallWatch = {
  failed: (error) => process.emitWarning(error instanceof Error ? error : new Error(String(error))),
}

/** A contract with its handlers: what clients in this process and HTTP handlers stand on. */
export type ServedContract<Contract extends AnyContractRouter, Extra extends object = object> = Readonly<{
  contract: Contract
  clock: Clock
  /**
   * Validates, calls the handler within the limits, validates its answer, and maps whatever was thrown to a `Failure`.
   * `extra` makes what the edge adds to the call; it runs within the limits too.
   */
  answer(
    operation: string,
    input: unknown,
    limits: CallLimits,
    extra: (call: Call) => Extra | Promise<Extra>,
  ): Promise<unknown>
}>

type Handler<Extra> = (input: unknown, call: Call & Extra) => Promise<unknown>

export function serveContract<Contract extends AnyContractRouter, Extra extends object = object>(
  contract: Contract,
  handlers: Handlers<Contract, Extra>,
  options: { watch?: CallWatch; clock?: Clock } = {},
): ServedContract<Contract, Extra> {
  const { watch = warnProcess, clock = systemClock } = options
  const operations = new Map(
    Object.entries(contract).map(([name, operation]) => {
      const handler = (handlers as Readonly<Record<string, Handler<Extra>>>)[name]
      if (handler === undefined) throw rpcFailure('rpc.bad-contract', `the operation ${name} has no handler`)
      return [name, { schemas: schemasOf(name, operation), handler }]
    }),
  )

  return Object.freeze({
    contract,
    clock,
    async answer(
      name: string,
      input: unknown,
      limits: CallLimits,
      extra: (call: Call) => Extra | Promise<Extra>,
    ): Promise<unknown> {
      const operation = operations.get(name)
      if (operation === undefined) throw rpcFailure('rpc.not-found', `there is no operation "${name}"`)
      const start = performance.now()
      const finished = (outcome: 'ok' | FailureKind) =>
        watch.finished?.({ operation: name, outcome, seconds: (performance.now() - start) / 1_000 })
      try {
        const output = await runCall(name, clock, limits, async (call) => {
          const { schemas, handler } = operation
          // Who may not ask is told so before what is wrong with the question.
          const added = await extra(call)
          const parsed = await parseInput(schemas, input)
          return parseOutput(name, schemas, await handler(parsed, { ...call, ...added }))
        })
        finished('ok')
        return output
      } catch (error) {
        const failure = failureOf(error, name, limits.trace)
        finished(failure.kind)
        if (failure.kind === 'internal') watch.failed(error, { operation: name, trace: limits.trace })
        throw failure
      }
    },
  })
}

async function parseInput(schemas: OperationSchemas, input: unknown): Promise<unknown> {
  const checked = await validate(schemas.input, input)
  if (checked.isValid) return checked.value
  throw rpcFailure('rpc.bad-input', sentence(checked.issues, 'the input'), { issues: checked.issues })
}

export async function parseOutput(name: string, schemas: OperationSchemas, output: unknown): Promise<unknown> {
  const checked = await validate(schemas.output, output)
  if (checked.isValid) return checked.value
  throw rpcFailure('rpc.bad-output', `the answer of ${name} is not as declared: ${sentence(checked.issues, 'it')}`)
}

/** What the caller gets to see; an error that nobody declared keeps its words to itself. */
function failureOf(error: unknown, operation: string, trace: TraceContext): Failure {
  if (isFailure(error)) return error
  return rpcFailure('rpc.internal', `${operation} failed unexpectedly`, { trace: trace.traceId })
}
