import type { importedOrderSchema } from '@eip/contracts'

/** Why a row was not taken: the first field at fault, and what to write instead. */
export type Rejection = Readonly<{ field: string; reason: string }>

/** A fault as the schema reports it. */
type Issue = NonNullable<ReturnType<typeof importedOrderSchema.safeParse>['error']>['issues'][number]

const typeNames: Readonly<Record<string, string>> = Object.freeze({
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  array: 'a list',
  object: 'an object',
})

const valueAt = (row: unknown, path: Issue['path']): unknown =>
  path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    row,
  )

/** `lines[0].unitPrice.amount` */
const fieldName = (path: Issue['path']): string =>
  path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : depth === 0 ? String(key) : `.${String(key)}`))
    .join('')
    .slice(0, 200)

function describe(value: unknown): string {
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`
  if (Array.isArray(value)) return 'a list'
  return value !== null && typeof value === 'object' ? 'an object' : String(value)
}

function reasonOf(issue: Issue, row: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      const value = valueAt(row, issue.path)
      if (value === undefined) return 'is missing; write null where it is not known, if it may be'
      return `must be ${typeNames[issue.expected] ?? issue.expected}, not ${describe(value)}`
    }
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    case 'invalid_format':
      return issue.path.at(-1) === 'currency' ? 'must be the three capital letters of ISO 4217' : issue.message
    default:
      return issue.message
  }
}

export const rejectionFor = (issue: Issue, row: unknown): Rejection => ({
  field: fieldName(issue.path),
  reason: reasonOf(issue, row),
})
