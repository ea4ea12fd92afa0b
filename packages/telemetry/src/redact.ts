const secretName = /^(authorization|proxy-authorization|cookie|set-cookie|.*password|.*secret|.*token)$/i

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** A copy in which every value that is named like a secret is replaced, at any depth of plain objects and lists. */
export function redact<Fields extends object>(fields: Fields): Fields {
  const above = new Set<object>()
  const copy = (value: unknown): unknown => {
    if (!Array.isArray(value) && !isPlain(value)) return value
    if (above.has(value)) return '[circular]'
    above.add(value)
    const copied = Array.isArray(value)
      ? value.map(copy)
      : Object.fromEntries(
          Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? '[secret]' : copy(inner)]),
        )
    above.delete(value)
    return copied
  }
  return copy({ ...fields }) as Fields
}
