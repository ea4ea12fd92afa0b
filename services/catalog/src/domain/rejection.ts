import type { productSchema } from '@eip/contracts'

/** Why a row was not taken: the first field at fault, and what to write instead. */
export type Rejection = Readonly<{ field: string; reason: string }>

/** A fault as the schema reports it. */
export type Issue = NonNullable<ReturnType<typeof productSchema.safeParse>['error']>['issues'][number]

const shapes: Readonly<Record<string, string>> = Object.freeze({
  price: '{"amount": 1250, "currency": "EUR"}, the amount in minor units (cents)',
  rating: '{"average": 4.5, "count": 12}',
  attributes: '{"colour": ["red", "blue"]}, a list of texts under each name',
  categoryPath: '["Shoes", "Running shoes"], the widest category first',
  images: '["https://shop.example/1.jpg"]',
  reviews: '["Fits well"]',
})

const formats: Readonly<Record<string, string>> = Object.freeze({
  datetime: 'must be a date and time in UTC, such as 2026-01-31T08:30:00Z',
  url: 'must be an address that begins with http:// or https://',
})

const typeNames: Readonly<Record<string, string>> = Object.freeze({
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
})

const quote = (text: string) => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`

function describeValue(value: unknown): string {
  if (typeof value === 'string') return `the text ${quote(value)}`
  if (Array.isArray(value)) return 'a list'
  return value !== null && typeof value === 'object' ? 'an object' : String(value)
}

const valueAt = (row: unknown, path: Issue['path']): unknown =>
  path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    row,
  )

/** `attributes.Colour[0]` */
const fieldName = (path: Issue['path']): string =>
  path
    .map((key, depth) => (typeof key === 'number' ? `[${key}]` : depth === 0 ? String(key) : `.${String(key)}`))
    .join('')
    .slice(0, 200)

function sizeReason(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): string {
  const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum)
  const atLimit = issue.code === 'too_big' ? `at most ${limit}` : `at least ${limit}`
  if (issue.origin === 'string') return `must have ${atLimit} ${limit === 1 ? 'character' : 'characters'}`
  return issue.origin === 'array' ? `must have ${atLimit} ${limit === 1 ? 'entry' : 'entries'}` : `must be ${atLimit}`
}

function typeReason(issue: Extract<Issue, { code: 'invalid_type' }>, row: unknown): string {
  const value = valueAt(row, issue.path)
  const shape = shapes[String(issue.path[0])]
  const cure = shape === undefined ? '' : `; write ${String(issue.path[0])} as ${shape}`
  if (value === undefined) return `is missing${cure}`
  return `must be ${typeNames[issue.expected] ?? issue.expected}, not ${describeValue(value)}${cure}`
}

function rejectionOf(issue: Issue, row: unknown): Rejection {
  const field = fieldName(issue.path)
  switch (issue.code) {
    case 'invalid_type':
      return { field, reason: typeReason(issue, row) }
    case 'too_big':
    case 'too_small':
      return { field, reason: sizeReason(issue) }
    case 'invalid_key': {
      const name = String(issue.path.at(-1))
      const why = issue.issues[0]?.message ?? 'is not allowed'
      return { field: fieldName(issue.path.slice(0, -1)), reason: `the name ${quote(name)} ${why}` }
    }
    case 'invalid_format':
      if (issue.path.at(-1) === 'currency') return { field, reason: 'must be the three capital letters of ISO 4217' }
      return { field, reason: formats[issue.format] ?? issue.message }
    default:
      return { field, reason: issue.message }
  }
}

/** Says the first fault by its field and up to four more in the same sentence. There is at least one issue. */
export function rejectionFor(issues: readonly Issue[], row: unknown): Rejection {
  const [first, ...others] = issues.slice(0, 5).map((issue) => rejectionOf(issue, row))
  const also = others.map(({ field, reason }) => `; also ${field}: ${reason}`).join('')
  return { field: first!.field, reason: first!.reason + also }
}
