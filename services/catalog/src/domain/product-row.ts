import { type Product, productSchema } from '@eip/contracts'
import { type Rejection, rejectionFor } from './rejection.ts'

export type ReadRow =
  | Readonly<{ outcome: 'accepted'; product: Product }>
  | Readonly<{ outcome: 'rejected'; id: string | null; rejection: Rejection }>

const fields: ReadonlySet<string> = new Set(Object.keys(productSchema.shape))

const unknownField = `is not a field of a product; the fields are ${[...fields].join(', ')}`

const rejected = (id: string | null, rejection: Rejection): ReadRow => ({ outcome: 'rejected', id, rejection })

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object'

/** Reads one row as it came in. Missing fields get their defaults; whatever is given must be right. */
export function readProductRow(row: Readonly<Record<string, unknown>>): ReadRow {
  const id = typeof row.id === 'string' ? row.id.slice(0, 128) : null
  // A misspelt field would else be dropped without a word.
  const unknown = Object.keys(row).find((field) => !fields.has(field))
  if (unknown !== undefined) return rejected(id, { field: unknown.slice(0, 200), reason: unknownField })
  // The schema would leave this name out without a word, as assigning to it changes an object's prototype.
  if (isObject(row.attributes) && Object.hasOwn(row.attributes, '__proto__'))
    return rejected(id, { field: 'attributes', reason: 'the name "__proto__" is not allowed' })
  const { data, error } = productSchema.safeParse(row)
  if (error) return rejected(id, rejectionFor(error.issues, row))
  return { outcome: 'accepted', product: data }
}
