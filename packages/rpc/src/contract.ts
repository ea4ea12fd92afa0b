import type { AnyContractProcedure, ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract'
import type { Call, CallOptions } from './call.ts'

/** What a service answers to: its operations by name. Every operation has an input and an output schema. */
export type AnyContractRouter = Readonly<Record<string, AnyContractProcedure>>

// The two places of oRPC's type that say nothing here: errors travel as Failures, and metadata is not used.
type Errors = AnyContractProcedure['~orpc']['errorMap']
type Meta = AnyContractProcedure['~orpc']['meta']

/** What a caller passes in: fields with a default may be left out. */
export type InputOf<Operation extends AnyContractProcedure> =
  Operation extends ContractProcedure<infer Input, infer _Output, Errors, Meta> ? InferSchemaInput<Input> : never

/** What a handler gets: validated, defaults filled in. */
export type ParsedInputOf<Operation extends AnyContractProcedure> =
  Operation extends ContractProcedure<infer Input, infer _Output, Errors, Meta> ? InferSchemaOutput<Input> : never

/** What a handler may answer with. */
export type OutputOf<Operation extends AnyContractProcedure> =
  Operation extends ContractProcedure<infer _Input, infer Output, Errors, Meta> ? InferSchemaInput<Output> : never

/** What a caller gets: validated, and its own to change. */
export type ParsedOutputOf<Operation extends AnyContractProcedure> =
  Operation extends ContractProcedure<infer _Input, infer Output, Errors, Meta> ? InferSchemaOutput<Output> : never

/**
 * A service's answers: one async function per operation.
 * `Extra` is what the edge adds to every call, such as who is signed in; inner services have none.
 */
export type Handlers<Contract extends AnyContractRouter, Extra extends object = object> = Readonly<{
  [Name in keyof Contract]: (
    // Of a contract that is not known by name, any service's handlers fit, and none can be called without a check.
    input: string extends keyof Contract ? never : ParsedInputOf<Contract[Name]>,
    call: Call & Extra,
  ) => Promise<OutputOf<Contract[Name]>>
}>

/**
 * The one client of a contract, wherever the service runs.
 * - Input and output are validated; the caller never holds the server's own objects.
 * - Whatever goes wrong arrives as a `Failure`: the handler's own with code, kind, message, cure and details, or one of `rpc.*`.
 * - The deadline and the trace travel with the call; the deadline only shrinks on its way.
 */
export type Client<Contract extends AnyContractRouter> = Readonly<{
  [Name in keyof Contract]: (
    input: string extends keyof Contract ? never : InputOf<Contract[Name]>,
    options?: CallOptions,
  ) => Promise<ParsedOutputOf<Contract[Name]>>
}>
