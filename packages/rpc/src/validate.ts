import type { AnySchema, SchemaIssue } from '@orpc/contract'

export type Issue = Readonly<{ field: string; reason: string }>
export type Validated = Readonly<{ isValid: true; value: unknown } | { isValid: false; issues: readonly Issue[] }>

const mostIssues = 20

function fieldOf(issue: SchemaIssue): string {
  const keys = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))
  const path = keys.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
  // Keys of a record are the caller's own text.
  return path.join('').slice(0, 200)
}

function reasonOf({ message }: SchemaIssue): string {
  if (/received undefined$/.test(message)) return 'is missing'
  return message.replace(/^Invalid input: expected (.*), received (.*)$/, 'must be $1, not $2')
}

export async function validate(schema: AnySchema, value: unknown): Promise<Validated> {
  const result = await schema['~standard'].validate(value)
  if (result.issues === undefined) return { isValid: true, value: result.value }
  return {
    isValid: false,
    issues: result.issues.slice(0, mostIssues).map((issue) => ({ field: fieldOf(issue), reason: reasonOf(issue) })),
  }
}

/** `"price.amount" must be at least 0 (and 2 more)`. */
export function sentence(issues: readonly Issue[], whole: string): string {
  const { field, reason } = issues[0]!
  const isPredicate = /^\p{Ll}/u.test(reason)
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`
  return `${field === '' ? whole : `"${field}"`}${isPredicate ? ' ' : ': '}${reason}${more}`
}
