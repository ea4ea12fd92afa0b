import { z } from 'zod'
import { defaultPolicy, policySchema } from './policy.ts'

/** The default policy's number at a place of the schema: `properties`, `weights`, `properties`, `text`. */
function usualValue(path: readonly (string | number)[]): number | undefined {
  let value: unknown = defaultPolicy
  for (const key of path.filter((_, at) => at % 2 === 1)) value = (value as Readonly<Record<string, unknown>>)[key]
  return typeof value === 'number' ? value : undefined
}

/**
 * JSON Schema (draft 2020-12) of what people may change in a policy, `weights` and `features`: with bounds, a title and a
 * description of every number, and the default policy's values as `default`. A number that has to be above 0 says so by
 * `exclusiveMinimum`. Every field is required, and no other is allowed. The answer is the caller's own.
 */
export function policyDocumentJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policySchema.pick({ weights: true, features: true }), {
    override({ jsonSchema, path }) {
      const usual = usualValue(path)
      if (usual !== undefined) jsonSchema.default = usual
    },
  })
  return { ...schema }
}
