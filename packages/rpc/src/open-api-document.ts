import type { FailureKind } from '@eip/kernel'
import type { OpenAPI } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import type { AnyContractRouter } from './contract.ts'
import { httpStatusOf } from './rpc-failure.ts'

export type OpenApiInfo = Readonly<{
  title: string
  version: string
  description?: string
  /** Where the paths stand, as in `/api/v1`. */
  prefix: `/${string}`
  /** Whether an operation needs a signed-in caller. */
  isSecured(operation: string): boolean
}>

type Operation = OpenAPI.OperationObject
type Parameter = OpenAPI.ParameterObject
type JsonSchema = Readonly<Record<string, unknown>>

const errorSchema = {
  type: 'object',
  description: 'What went wrong, and what helps.',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'cure'],
      properties: {
        code: { type: 'string', description: 'Stable; for programs.', examples: ['search.bad-filter'] },
        message: { type: 'string', description: 'A sentence that names the field.' },
        cure: { type: 'string', description: 'What to do about it.' },
        details: { type: 'object', additionalProperties: true },
      },
    },
  },
} as const

const meaningOf: Readonly<Record<FailureKind, string>> = {
  invalid: 'The request is wrong; the message names the field.',
  unauthenticated: 'Nobody is signed in, or the token has expired.',
  forbidden: 'The role does not allow it.',
  'not-found': 'It does not exist.',
  conflict: 'The state has moved on; read again.',
  'too-large': 'The body is too large.',
  overloaded: 'Asked too much at once; later works.',
  internal: 'A defect of the service.',
  unavailable: 'A part of the service does not answer; later works.',
  deadline: 'The time budget ran out.',
}

/** OpenAPI 3.1, made from the contract alone. */
export async function openApiDocument(contract: AnyContractRouter, about: OpenApiInfo): Promise<OpenAPI.Document> {
  const { title, version, description, prefix } = about
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: { title, version, ...(description === undefined ? {} : { description }) },
    servers: [{ url: prefix }],
    components: {
      schemas: { Error: errorSchema as unknown as OpenAPI.SchemaObject },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  })
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item ?? {}) as Operation[]) complete(operation, contract, about)
  }
  return withoutSafeBounds(document) as OpenAPI.Document
}

/** Adds what the generator cannot know: readable query parameters, error answers, who may call. */
function complete(operation: Operation, contract: AnyContractRouter, about: OpenApiInfo): void {
  const name = operation.operationId ?? ''
  const isSecured = about.isSecured(name)
  const parameters = (operation.parameters ?? []) as Parameter[]
  const fields =
    (contract[name]?.['~orpc'].inputSchema as { shape?: Record<string, z.ZodType> } | undefined)?.shape ?? {}
  if (parameters.length > 0) {
    operation.parameters = parameters.map((each) => {
      const schema = fields[each.name]
      return each.in === 'query' && schema !== undefined ? queryParameter(each, schema) : each
    })
  }
  if (isSecured) operation.security = [{ bearer: [] }]
  const hasPathParameter = parameters.some((each) => each.in === 'path')
  const kinds: FailureKind[] = [
    'invalid',
    ...(isSecured ? (['unauthenticated', 'forbidden'] as const) : []),
    ...(hasPathParameter ? (['not-found'] as const) : []),
    ...(operation.requestBody === undefined ? [] : (['too-large'] as const)),
    'overloaded',
    'internal',
    'unavailable',
    'deadline',
  ]
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  const failures = kinds.map((kind) => [String(httpStatusOf[kind]), { description: meaningOf[kind], content }])
  operation.responses = { ...operation.responses, ...Object.fromEntries(failures) }
}

/**
 * A parameter of a query is text; its schema accepts that text beside the value it stands for (see `query-string.ts` of the
 * contracts). People want to read the value: what comes out, or the alternative that is not text.
 */
function queryParameter(generated: Parameter, schema: z.ZodType): Parameter {
  const as = (io: 'input' | 'output') => {
    const { $schema, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
    return json
  }
  const { description, ...shown } = readable(as('output'), as('input'))
  return {
    name: generated.name,
    in: 'query',
    required: generated.required ?? false,
    ...(typeof description === 'string' ? { description } : {}),
    schema: shown as NonNullable<Parameter['schema']>,
    ...(shown.type === 'array' ? { style: 'form' as const, explode: true } : {}),
  }
}

function readable(output: JsonSchema, input: JsonSchema): JsonSchema {
  if ('type' in output) return output
  const alternatives = input.anyOf as JsonSchema[] | undefined
  const value = alternatives?.find(({ type }) => type !== 'string')
  return { ...(value ?? input), ...('description' in input ? { description: input.description } : {}) }
}

/** Every whole number is bounded by what a double holds exactly; saying so at each of them helps nobody. */
function withoutSafeBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSafeBounds)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, bound]) =>
      !(key === 'minimum' && bound === Number.MIN_SAFE_INTEGER) &&
      !(key === 'maximum' && bound === Number.MAX_SAFE_INTEGER),
  )
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutSafeBounds(inner)]))
}
