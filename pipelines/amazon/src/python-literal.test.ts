import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePythonLiteral } from './python-literal.ts'

/** What Python's repr prints, for the values that the files hold. */
const repr = (value: unknown): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return reprText(value)
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  return `{${Object.entries(value as object)
    .map(([key, item]) => `${reprText(key)}: ${repr(item)}`)
    .join(', ')}}`
}
const reprText = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return quote + escaped + quote
}

describe('a Python literal', () => {
  it('is read as Python would read it', () => {
    const text = `{'asin': "B'1", 'n': -12.5e1, u'tags': [True, None, ['a\\'b', 'caf\\xe9\\u2713',],], 'e': {}, 'l': [],}`
    expect(parsePythonLiteral(text)).toEqual({
      asin: "B'1",
      n: -125,
      tags: [true, null, ["a'b", 'café✓']],
      e: {},
      l: [],
    })
    expect(parsePythonLiteral("'\\U0001f600 \\d \\\\'")).toBe('😀 \\d \\')
  })

  it('comes back from what Python prints, whatever the value', () => {
    const text = fc.string({ unit: fc.constantFrom('a', "'", '"', '\\', '\n', ' ', '가', '{', ':'), maxLength: 12 })
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(value, (given) => {
        expect(parsePythonLiteral(repr(given))).toEqual(given)
      }),
    )
  })

  it('says where it is broken, and never runs anything', () => {
    const cases = [
      "{'a'",
      "{'a': }",
      "['a' 'b']",
      "'never",
      '__import__("os")',
      '{1: 2}',
      "{'a': 1} x",
      "'\\ud8'",
      '['.repeat(60),
    ]
    for (const text of cases) expect(() => parsePythonLiteral(text)).toThrow(/ at position \d+/)
  })
})
