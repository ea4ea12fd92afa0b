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

const inWords: readonly (readonly [RegExp, string])[] = [
  [/^.*received undefined$/, 'is missing'],
  [/^Invalid input: expected int, received number$/, 'must be a whole number'],
  [/^Invalid input: expected (.*), received (.*)$/, 'must be $1, not $2'],
  [/^Too small: expected \w+ to be >=(.*)$/, 'must be $1 or more'],
  [/^Too small: expected \w+ to be >(.*)$/, 'must be more than $1'],
  [/^Too small: expected \w+ to have >=(\S+) (\w+)$/, 'must have $1 or more $2'],
  [/^Too big: expected \w+ to be <=(.*)$/, 'must be $1 or less'],
  [/^Too big: expected \w+ to be <(.*)$/, 'must be less than $1'],
  [/^Too big: expected \w+ to have <=(\S+) (\w+)$/, 'must have at most $1 $2'],
]

/** What a schema says of a value, as the rest of a sentence that begins with the field's name. */
export function plainReason(message: string): string {
  const options = /^Invalid option: expected one of (.*)$/.exec(message)?.[1]
  if (options !== undefined) return `must be one of ${options.replaceAll('"', '').split('|').join(', ')}`
  const known = inWords.find(([pattern]) => pattern.test(message))
  return known === undefined ? message : message.replace(...known)
}

export async function validate(schema: AnySchema, value: unknown): Promise<Validated> {
  const result = await schema['~standard'].validate(value)
  if (result.issues === undefined) return { isValid: true, value: result.value }
  return {
    isValid: false,
    issues: result.issues
      .slice(0, mostIssues)
      .map((issue) => ({ field: fieldOf(issue), reason: plainReason(issue.message) })),
  }
}

/** `"price.amount" must be at least 0 (and 2 more)`. */
export function sentence(issues: readonly Issue[], whole: string): string {
  const { field, reason } = issues[0]!
  const isPredicate = /^\p{Ll}/u.test(reason)
  const more = issues.length === 1 ? '' : ` (and ${issues.length - 1} more)`
  return `${field === '' ? whole : `"${field}"`}${isPredicate ? ' ' : ': '}${reason}${more}`
}
