import { z } from 'zod'
import { defaultPolicy, policySchema } from './policy.ts'

/** The default policy's value at a place of the schema: `properties`, `weights`, `properties`, `text`. */
function usualValue(path: readonly (string | number)[]): number | string | undefined {
  let value: unknown = defaultPolicy
  for (const key of path.filter((_, at) => at % 2 === 1)) value = (value as Readonly<Record<string, unknown>>)[key]
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

/**
 * JSON Schema (draft 2020-12) of what people may change in a policy, `weights`, `features` and `guards`: with bounds, a title and a
 * description of every number and choice, and the default policy's values as `default`. A number that has to be above 0 says so by
 * `exclusiveMinimum`. Every field is required, and no other is allowed. The answer is the caller's own.
 */
export function policyDocumentJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema.pick({ weights: true, features: true, guards: true }), {
    override({ jsonSchema, path }) {
      const usual = usualValue(path)
      if (usual !== undefined) jsonSchema.default = usual
    },
  })
  return { ...schema }
}
