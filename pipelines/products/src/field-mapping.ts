import { importFailure } from './import-failure.ts'
import { productFields } from './product-fields.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Which source fills which field of our shape, and which fields of the file are not wanted. */
export type FieldMapping = Readonly<{
  fields: readonly Readonly<{ target: readonly string[]; source: string }>[]
  /** Fields of the file to leave out; `*` leaves out every field that is neither ours nor mapped. */
  ignored: readonly string[]
}>

export const noMapping: FieldMapping = Object.freeze({ fields: [], ignored: [] })

/**
 * Reads mappings such as `title=name`, `price=offer.amount`, `images=media.0.url`, `rating.average=stars` or
 * `attributes.colour=color`: the field of our shape, then where the file has it, dots leading inward.
 * Throws `import.bad-mapping`.
 */
export function parseFieldMapping(mappings: readonly string[], ignored: readonly string[] = []): FieldMapping {
  const taken = new Set<string>()
  const fields = mappings.map((mapping) => {
    const at = mapping.indexOf('=')
    const target = mapping.slice(0, Math.max(at, 0)).trim()
    const source = mapping.slice(at + 1).trim()
    if (at < 1 || target === '' || source === '')
      throw importFailure('import.bad-mapping', `mapping "${mapping}" is not of the form FIELD=SOURCE`)
    if (taken.has(target)) throw importFailure('import.bad-mapping', `mapping fills field "${target}" twice`)
    taken.add(target)
    return { target: targetPath(target), source }
  })
  return Object.freeze({ fields, ignored: [...ignored] })
}

function targetPath(target: string): readonly string[] {
  const [field = '', ...rest] = target.split('.')
  const valid =
    field === 'attributes'
      ? rest.join('.') !== '' && rest.join('.') !== '__proto__'
      : field === 'rating'
        ? rest.length === 0 || (rest.length === 1 && /^(average|count)$/.test(rest[0] as string))
        : rest.length === 0 && Object.hasOwn(productFields, field)
  if (!valid)
    throw importFailure(
      'import.bad-mapping',
      `mapping names field "${target}", which products do not have; they have ${Object.keys(productFields).join(', ')}, rating.average, rating.count and attributes.NAME`,
    )
  return field === 'attributes' ? [field, rest.join('.')] : [field, ...rest]
}

/** The row in our shape's field names, and the fields that nothing accounts for. */
export function applyFieldMapping(row: JsonObject, mapping: FieldMapping): { row: JsonObject; unknown: string[] } {
  const mapped: Record<string, unknown> = {}
  const unknown: string[] = []
  const sources = new Set(
    mapping.fields.map(({ source }) => (Object.hasOwn(row, source) ? source : source.split('.')[0])),
  )
  const ignoresRest = mapping.ignored.includes('*')
  for (const field of Object.keys(row)) {
    const isOurs = Object.hasOwn(productFields, field)
    if (isOurs && !mapping.ignored.includes(field)) mapped[field] = row[field]
    else if (!isOurs && !sources.has(field) && !ignoresRest && !mapping.ignored.includes(field)) unknown.push(field)
  }
  for (const { target, source } of mapping.fields) {
    const value = valueAt(row, source)
    const [field = '', inner] = target
    if (inner === undefined) mapped[field] = value
    else if (value !== undefined) mapped[field] = { ...(isObject(mapped[field]) ? mapped[field] : {}), [inner]: value }
  }
  return { row: mapped, unknown }
}

/** A field whose own name has dots comes before the way inward. */
function valueAt(row: JsonObject, source: string): unknown {
  if (Object.hasOwn(row, source)) return row[source]
  let value: unknown = row
  for (const step of source.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as JsonObject)[step]
  }
  return value
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
