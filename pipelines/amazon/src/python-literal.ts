/**
 * Reads one Python literal of dicts, lists, strings, numbers, True, False and None, as the 2014 files were printed
 * (Python language reference, §2.4 and §6.2). Throws SyntaxError with the position. Linear in the length.
 */
export function parsePythonLiteral(text: string): unknown {
  const reader = { text, at: 0 }
  const value = readValue(reader, 0)
  skipSpace(reader)
  if (reader.at < text.length) throw wrong(reader, 'text after the end')
  return value
}

type Reader = { text: string; at: number }

const deepest = 50
const wrong = ({ at }: Reader, what: string) => new SyntaxError(`${what} at position ${at}`)

const space = /\s*/y
const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const constant = /True|False|None/y
const plainCharacters = /[^'"\\]+/y

function taken(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at
  const match = pattern.exec(reader.text)
  if (!match) return null
  reader.at = pattern.lastIndex
  return match[0]
}
const skipSpace = (reader: Reader) => void taken(reader, space)

function readValue(reader: Reader, depth: number): unknown {
  if (depth > deepest) throw wrong(reader, 'nested too deeply')
  skipSpace(reader)
  const first = reader.text[reader.at]
  if (first === '{') return Object.fromEntries(readItems(reader, '}', () => readEntry(reader, depth)))
  if (first === '[') return readItems(reader, ']', () => readValue(reader, depth + 1))
  if (first === 'u' && /['"]/.test(reader.text[reader.at + 1] ?? '')) reader.at++
  const opening = reader.text[reader.at]
  if (opening === "'" || opening === '"') return readString(reader, opening)
  const word = taken(reader, constant)
  if (word !== null) return word === 'None' ? null : word === 'True'
  const digits = taken(reader, number)
  if (digits === null) throw wrong(reader, 'no value')
  return Number(digits)
}

function readItems<Item>(reader: Reader, end: string, item: () => Item): Item[] {
  const items: Item[] = []
  reader.at++
  for (;;) {
    skipSpace(reader)
    if (reader.text[reader.at] === end) break
    items.push(item())
    skipSpace(reader)
    if (reader.text[reader.at] === ',') reader.at++
    else if (reader.text[reader.at] !== end) throw wrong(reader, `no "," or "${end}"`)
  }
  reader.at++
  return items
}

function readEntry(reader: Reader, depth: number): [string, unknown] {
  const key = readValue(reader, depth + 1)
  skipSpace(reader)
  if (typeof key !== 'string' || reader.text[reader.at] !== ':') throw wrong(reader, 'no key and ":"')
  reader.at++
  return [key, readValue(reader, depth + 1)]
}

function readString(reader: Reader, quote: string): string {
  let value = ''
  reader.at++
  for (;;) {
    value += taken(reader, plainCharacters) ?? ''
    const character = reader.text[reader.at]
    if (character === undefined) throw wrong(reader, 'a string that never ends')
    reader.at++
    if (character === quote) return value
    value += character === '\\' ? readEscape(reader) : character
  }
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '',
  b: '',
  f: ' ',
  v: ' ',
  '\n': '',
}
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function readEscape(reader: Reader): string {
  const kind = reader.text[reader.at++] ?? ''
  const length = hexLengths[kind]
  if (length === undefined) return simpleEscapes[kind] ?? (/['"\\]/.test(kind) ? kind : `\\${kind}`)
  const hex = reader.text.slice(reader.at, reader.at + length)
  const code = /^[\da-f]+$/i.test(hex) && hex.length === length ? Number.parseInt(hex, 16) : Number.NaN
  if (!(code <= 0x10ffff)) throw wrong(reader, 'an escape that is no character')
  reader.at += length
  return String.fromCodePoint(code)
}
