import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { convertFailure } from './convert-failure.ts'

/** A record and the line it begins on, counted from 1. */
export type CsvRecord = Readonly<{ line: number; fields: readonly string[] }>

/**
 * Parses CSV as RFC 4180 has it: fields in quotes hold commas, line breaks and doubled quotes. Empty lines are passed
 * over. Throws `convert.bad-csv`, naming the line, for a quote that is never closed or is followed by text.
 * Linear in the length of the text.
 */
export function* parseCsv(text: string): Generator<CsvRecord> {
  let position = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (position < text.length) {
    const startLine = line
    const fields: string[] = []
    for (;;) {
      const field = text[position] === '"' ? quotedField(text, position, line) : plainField(text, position)
      fields.push(field.value)
      line += field.lineBreaks
      position = field.end
      if (text[position] !== ',') break
      position++
    }
    if (text[position] === '\r') position++
    if (text[position] === '\n') position++
    line++
    if (fields.length > 1 || fields[0] !== '') yield { line: startLine, fields }
  }
}

type Field = Readonly<{ value: string; end: number; lineBreaks: number }>

const fieldEnd = /[,\r\n]/g

function plainField(text: string, start: number): Field {
  fieldEnd.lastIndex = start
  const end = fieldEnd.exec(text)?.index ?? text.length
  return { value: text.slice(start, end), end, lineBreaks: 0 }
}

function quotedField(text: string, start: number, line: number): Field {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end === -1) throw convertFailure('convert.bad-csv', `line ${line}: a quote is never closed`, { line })
  const inner = text.slice(start + 1, end)
  const lineBreaks = inner.split('\n').length - 1
  const next = text[end + 1]
  if (next !== undefined && !/[,\r\n]/.test(next))
    throw convertFailure('convert.bad-csv', `line ${line + lineBreaks}: text follows a closing quote`, { line })
  return { value: inner.replaceAll('""', '"'), end: end + 1, lineBreaks }
}

export const csvField = (value: string): string =>
  /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

/**
 * The records below a line of column names, as objects of the columns asked for. A record with another number of
 * fields has `values: null`. Throws `convert.missing-column`, naming the columns that are there.
 */
export function* recordsOf<Column extends string>(
  text: string,
  columns: readonly Column[],
): Generator<Readonly<{ line: number; values: Readonly<Record<Column, string>> | null }>> {
  let positions: readonly number[] | null = null
  let width = 0
  for (const { line, fields } of parseCsv(text)) {
    if (positions === null) {
      positions = columns.map((column) => columnPosition(fields, column))
      width = fields.length
      continue
    }
    const found = columns.map((column, index) => [column, fields[(positions as number[])[index] as number]])
    yield { line, values: fields.length === width ? (Object.fromEntries(found) as Record<Column, string>) : null }
  }
  if (positions === null) throw convertFailure('convert.missing-column', `the file is empty; ${columns} are needed`)
}

function columnPosition(header: readonly string[], column: string): number {
  const position = header.findIndex((name) => name.trim() === column)
  if (position === -1)
    throw convertFailure('convert.missing-column', `column "${column}" is missing; the file has ${header.join(', ')}`)
  return position
}

/** The text of a file, plain or gzip. Throws `convert.no-file`. */
export async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file)
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    return (isGzip ? await promisify(gunzip)(bytes) : bytes).toString('utf8')
  } catch (cause) {
    throw convertFailure('convert.no-file', `file "${file}" cannot be read: ${String(cause)}`, { file }, cause)
  }
}
