import { createHash } from 'node:crypto'
import { failure } from './failures.ts'

/** What an index holds. It is fixed when the index is created: combined term frequencies are stored per posting. */
export interface IndexSchema {
  /** Searchable fields. A weight is how many times an occurrence counts (Lucene's combined fields ask for at least 1). */
  readonly fields: readonly { readonly name: string; readonly weight: number }[]
  /** Number columns: one float64 per document, updated in place. */
  readonly numbers: readonly string[]
  /** Keyword columns: at most one string per document, updated in place. */
  readonly keywords: readonly string[]
  /** Tag sets: any number of strings per document, given with the document. */
  readonly tags: readonly string[]
  /** Saturation of term frequency; 1.2 unless given. */
  readonly k1?: number
  /** How far length counts, 0…1; 0.75 unless given. */
  readonly b?: number
}

/** A schema that was checked, with its defaults filled in. */
export interface ResolvedSchema {
  readonly fields: readonly string[]
  readonly weights: readonly number[]
  readonly numbers: readonly string[]
  readonly keywords: readonly string[]
  readonly tags: readonly string[]
  readonly k1: number
  readonly b: number
  /** Equal for schemas that mean the same; snapshots and publications carry it. */
  readonly hash: string
}

/** Field masks are one 32-bit word. */
const MAXIMUM_FIELDS = 32

export function resolveSchema(schema: IndexSchema): ResolvedSchema {
  const { k1 = 1.2, b = 0.75 } = schema
  const fields = schema.fields.map(({ name }) => name)
  const weights = schema.fields.map(({ weight }) => weight)
  if (fields.length === 0 || fields.length > MAXIMUM_FIELDS)
    throw failure('text-index.bad-schema', `"fields" must name 1 to ${MAXIMUM_FIELDS} fields, not ${fields.length}`)
  for (const [part, names] of Object.entries({
    fields,
    numbers: schema.numbers,
    keywords: schema.keywords,
    tags: schema.tags,
  })) {
    if (names.some((name) => name === '')) throw failure('text-index.bad-schema', `"${part}" holds an empty name`)
    if (new Set(names).size < names.length) throw failure('text-index.bad-schema', `"${part}" names something twice`)
  }
  const badWeight = weights.findIndex((weight) => !(weight > 0 && weight <= 1000))
  if (badWeight >= 0)
    throw failure(
      'text-index.bad-schema',
      `the weight of field "${fields[badWeight]}" must be above 0 and at most 1000`,
    )
  if (!(k1 >= 0 && k1 <= 1000)) throw failure('text-index.bad-schema', `"k1" must be from 0 to 1000, not ${k1}`)
  if (!(b >= 0 && b <= 1)) throw failure('text-index.bad-schema', `"b" must be from 0 to 1, not ${b}`)
  const parts = {
    fields,
    weights,
    numbers: [...schema.numbers],
    keywords: [...schema.keywords],
    tags: [...schema.tags],
    k1,
    b,
  }
  return Object.freeze({
    ...parts,
    hash: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32),
  })
}

/** The position of a declared name, or a failure that lists the declared ones. */
export function columnIndex(names: readonly string[], name: string, what: string): number {
  const index = names.indexOf(name)
  if (index < 0)
    throw failure(
      'text-index.unknown-column',
      `there is no ${what} "${name}"; declared: ${names.join(', ') || 'none'}`,
      { name, valid: names },
    )
  return index
}
