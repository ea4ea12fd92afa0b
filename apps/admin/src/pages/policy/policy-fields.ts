import type { FieldPath, FieldWords, WordsOfFields } from './field-words.ts'
import type { PolicyValue } from './policy-document.ts'

/** One value of a policy, as the schema describes it. */
export type PolicyField = Readonly<{
  /** As in `weights.rating`, `features.popularity.half`. */
  path: FieldPath
  title: string
  description: string
  minimum: number | null
  maximum: number | null
  /** The words to choose from; null: it is a number. */
  choices: readonly string[] | null
  /** What holds where a document says nothing of it. */
  absent: PolicyValue
}>

export type PolicyFields = Readonly<{
  weights: readonly PolicyField[]
  /** Parameters by feature; features without any are left out. */
  features: readonly Readonly<{ name: string; title: string; fields: readonly PolicyField[] }>[]
  /** What is done with what cannot be bought or delivered. */
  guards: readonly PolicyField[]
}>

type Schema = Readonly<{
  properties?: Readonly<Record<string, Schema>>
  title?: string
  description?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  enum?: readonly unknown[]
  default?: unknown
}>

/** What a value is called: by the table, else by the schema, which a newer server may have grown. */
const wordsOf = (path: FieldPath, name: string, schema: Schema, words: WordsOfFields): FieldWords =>
  words[path] ?? { title: schema.title ?? name, description: schema.description ?? '' }

/** A weight that is not there counts nothing; a guard that is not there lets everything be shown. */
function absentOf(path: FieldPath, { default: usual }: Schema, choices: readonly string[] | null): PolicyValue {
  if (path.startsWith('weights.')) return 0
  if (choices?.includes('show')) return 'show'
  return typeof usual === 'number' || typeof usual === 'string' ? usual : (choices?.[0] ?? 0)
}

function fieldOf(path: FieldPath, name: string, schema: Schema, words: WordsOfFields): PolicyField {
  const choices = schema.enum?.filter((each) => typeof each === 'string') ?? null
  return {
    path,
    ...wordsOf(path, name, schema, words),
    minimum: schema.minimum ?? schema.exclusiveMinimum ?? null,
    maximum: schema.maximum ?? null,
    choices,
    absent: absentOf(path, schema, choices),
  }
}

/**
 * What can be set, from the JSON Schema of a policy's document: a feature that is added there appears here. `words`: of
 * another language than the schema's.
 */
export function policyFields(given: unknown, words: WordsOfFields = {}): PolicyFields {
  const { weights, features, guards } = (given as Schema).properties ?? {}
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
    guards: named(guards).map(([name, schema]) => fieldOf(`guards.${name}`, name, schema, words)),
  }
}

/** All that can be set. */
export const allFields = ({ weights, features, guards }: PolicyFields): readonly PolicyField[] => [
  ...weights,
  ...features.flatMap(({ fields }) => fields),
  ...guards,
]
