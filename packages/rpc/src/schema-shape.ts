import type { AnyContractProcedure, AnySchema } from '@orpc/contract'
import { rpcFailure } from './rpc-failure.ts'

// What a zod schema says of itself (https://zod.dev/library-authors), as far as it is read here.
type Definition = Readonly<{
  type: string
  shape?: Readonly<Record<string, Schema>>
  catchall?: Schema
  element?: Schema
  items?: readonly Schema[]
  rest?: Schema | null
  options?: readonly Schema[]
  innerType?: Schema
  keyType?: Schema
  valueType?: Schema
  left?: Schema
  right?: Schema
  out?: Schema
}>
type Schema = Readonly<{ _zod: Readonly<{ def: Definition }> }>

const scalars = ['string', 'number', 'boolean', 'null', 'literal', 'enum', 'template_literal', 'never']
const containers = ['object', 'array', 'tuple', 'record', 'union', 'intersection']
const wrappers = ['optional', 'nullable', 'default', 'prefault', 'catch', 'readonly', 'nonoptional', 'pipe']
/** These hand on what they were given, or what a function made of it. */
const opaque = ['unknown', 'custom', 'transform', 'lazy']

function innerSchemas(definition: Definition): Schema[] {
  const { shape, catchall, element, items, rest, options, innerType, keyType, valueType, left, right, out } = definition
  const single = [catchall, element, rest, innerType, keyType, valueType, left, right, out]
  return [...Object.values(shape ?? {}), ...(items ?? []), ...(options ?? []), ...single].filter(
    (schema): schema is Schema => schema !== undefined && schema !== null,
  )
}

/**
 * Whether parsing builds everything anew, so that the result shares no object with what was parsed.
 * Throws `rpc.bad-contract` for what JSON cannot carry: such an operation would answer differently over the network.
 */
function isBuiltAnew(schema: Schema, where: string): boolean {
  const definition = schema._zod.def
  const { type } = definition
  if (scalars.includes(type)) return true
  if (opaque.includes(type)) return false
  if (!containers.includes(type) && !wrappers.includes(type)) {
    throw rpcFailure('rpc.bad-contract', `${where} holds z.${type}(), which JSON does not carry as it is`)
  }
  return innerSchemas(definition)
    .map((inner) => isBuiltAnew(inner, where))
    .every(Boolean)
}

export type OperationSchemas = Readonly<{
  input: AnySchema
  output: AnySchema
  isInputBuiltAnew: boolean
  isOutputBuiltAnew: boolean
}>

const known = new WeakMap<AnyContractProcedure, OperationSchemas>()

/** An operation's two schemas and what is known of them. `name` stands in the failure when one is missing or does not fit. */
export function schemasOf(name: string, operation: AnyContractProcedure): OperationSchemas {
  const before = known.get(operation)
  if (before) return before
  const { inputSchema, outputSchema } = operation['~orpc'] as { inputSchema?: AnySchema; outputSchema?: AnySchema }
  const checked = (part: string, schema: AnySchema | undefined): [AnySchema, boolean] => {
    if (schema === undefined || !('_zod' in schema)) {
      throw rpcFailure('rpc.bad-contract', `the operation ${name} has no ${part} schema`)
    }
    return [schema, isBuiltAnew(schema as unknown as Schema, `the ${part} of ${name}`)]
  }
  const [input, isInputBuiltAnew] = checked('input', inputSchema)
  const [output, isOutputBuiltAnew] = checked('output', outputSchema)
  const schemas = Object.freeze({ input, output, isInputBuiltAnew, isOutputBuiltAnew })
  known.set(operation, schemas)
  return schemas
}
