/** One number of a policy, as the schema describes it. */
export type PolicyField = Readonly<{
  /** As in `weights.rating`, `features.popularity.half`. */
  path: string
  title: string
  description: string
  minimum: number | null
  maximum: number | null
}>

export type PolicyFields = Readonly<{
  weights: readonly PolicyField[]
  /** Parameters by feature; features without any are left out. */
  features: readonly Readonly<{ name: string; title: string; fields: readonly PolicyField[] }>[]
}>

type Schema = Readonly<{
  properties?: Readonly<Record<string, Schema>>
  title?: string
  description?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
}>

const fieldOf = (path: string, name: string, schema: Schema): PolicyField => ({
  path,
  title: schema.title ?? name,
  description: schema.description ?? '',
  minimum: schema.minimum ?? schema.exclusiveMinimum ?? null,
  maximum: schema.maximum ?? null,
})

/** What can be set, from the JSON Schema of a policy's document: a feature that is added there appears here. */
export function policyFields(given: unknown): PolicyFields {
  const { weights, features } = (given as Schema).properties ?? {}
  const named = (schema: Schema | undefined) => Object.entries(schema?.properties ?? {})
  return {
    weights: named(weights).map(([name, schema]) => fieldOf(`weights.${name}`, name, schema)),
    features: named(features)
      .map(([name, feature]) => ({
        name,
        title: feature.title ?? name,
        fields: named(feature).map(([key, schema]) => fieldOf(`features.${name}.${key}`, key, schema)),
      }))
      .filter(({ fields }) => fields.length > 0),
  }
}
