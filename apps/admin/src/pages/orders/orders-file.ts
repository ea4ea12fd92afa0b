import type { FileRow, ReadRows, RowFault } from '../../parts/send-rows.ts'

export type OrdersFaultWords = Readonly<{ json: (reason: string) => string; object: string; empty: string }>

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readLine(line: number, text: string, words: OrdersFaultWords): FileRow | RowFault {
  try {
    const row: unknown = JSON.parse(text)
    return isObject(row) ? { line, row } : { line, field: 'row', reason: words.object }
  } catch (error) {
    return { line, field: 'row', reason: words.json(error instanceof Error ? error.message : String(error)) }
  }
}

/** Orders of a file of JSON lines; empty lines are passed over. What an order has to hold is told by the gateway. */
export function readOrdersFile(text: string, words: OrdersFaultWords): ReadRows {
  const rows: FileRow[] = []
  const faults: RowFault[] = []
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n/)
    .entries()) {
    if (line.trim() === '') continue
    const read = readLine(at + 1, line, words)
    if ('row' in read) rows.push(read)
    else faults.push(read)
  }
  if (rows.length + faults.length === 0) faults.push({ line: 1, field: 'file', reason: words.empty })
  return { rows, faults }
}
