import type { FieldPath, FieldWords, WordsOfFields } from './field-words.ts'

/** One number of a policy, as the schema describes it. */
export type PolicyField = Readonly<{
  /** As in `weights.rating`, `features.popularity.half`. */
  path: FieldPath
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

/** What a number is called: by the table, else by the schema, which a newer server may have grown. */
const wordsOf = (path: FieldPath, name: string, schema: Schema, words: WordsOfFields): FieldWords =>
  words[path] ?? { title: schema.title ?? name, description: schema.description ?? '' }

const fieldOf = (path: FieldPath, name: string, schema: Schema, words: WordsOfFields): PolicyField => ({
  path,
  ...wordsOf(path, name, schema, words),
  minimum: schema.minimum ?? schema.exclusiveMinimum ?? null,
  maximum: schema.maximum ?? null,
})

/**
 * What can be set, from the JSON Schema of a policy's document: a feature that is added there appears here. `words`: of
 * another language than the schema's.
 */
export function policyFields(given: unknown, words: WordsOfFields = {}): PolicyFields {
  const { weights, features } = (given as Schema).properties ?? {}
  const named = (schema: Schema | undefined) => Object.entries(schema?.properties ?? {})
  return {
    weights: named(weights).map(([name, schema]) => fieldOf(`weights.${name}`, name, schema, words)),
    features: named(features)
      .map(([name, feature]) => ({
        name,
        // A feature is called as its weight is.
        title: wordsOf(`weights.${name}`, name, feature, words).title,
        fields: named(feature).map(([key, schema]) => fieldOf(`features.${name}.${key}`, key, schema, words)),
      }))
      .filter(({ fields }) => fields.length > 0),
  }
}
