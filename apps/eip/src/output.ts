import { Failure } from '@eip/kernel'

/** A verb's answer: people read `text` on standard error, `--json` gets `json` as the last line of standard output. */
export type Answer = Readonly<{ json: object; text: string }>

export const writeLine = (text: string): void => void process.stderr.write(`${text}\n`)

export function answer({ json, text }: Answer, isJsonWanted: boolean): void {
  if (text) writeLine(text)
  if (isJsonWanted) process.stdout.write(`${JSON.stringify(json)}\n`)
}

/** Columns that line up: numbers to the right, the first column and other text to the left. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String))
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const isNumber = header.map(
    (_, column) => column > 0 && cells.every((row) => /^[-+]?[\d.,]*$|^-$/.test(row[column] ?? '')),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n')
}

/** 19406 as "19,406", without the host's locale. */
export const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')

/** What went wrong in a sentence, and the cure where there is one. Unexpected errors keep their stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof Failure) return `error: ${error.message}\n${error.cure}`
  return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

export const failureJson = (error: unknown): object =>
  error instanceof Failure
    ? { error: { code: error.code, message: error.message, cure: error.cure } }
    : { error: { code: 'internal', message: error instanceof Error ? error.message : String(error) } }
