import { convertFailure } from './convert-failure.ts'
import { csvField, parseCsv } from './csv.ts'

/** How well a product answers a query: 0 is not at all; a gain is 2^grade − 1. Fractions are means of raters. */
export type Judgment = Readonly<{ query: string; productId: string; grade: number }>

const columns = ['query', 'product_id', 'grade'] as const

/**
 * Reads `query,product_id,grade`, in any order of columns, others passed over. Of a pair judged twice the last line
 * counts. Throws `convert.bad-judgment` or `convert.bad-csv`, naming line and column.
 */
export function parseJudgments(csv: string): readonly Judgment[] {
  const judgments = new Map<string, Judgment>()
  let positions: readonly number[] | null = null
  let width = 0
  for (const { line, fields } of parseCsv(csv)) {
    if (positions === null) {
      positions = columns.map((column) => fields.findIndex((name) => name.trim() === column))
      width = fields.length
      const missing = columns.filter((_, index) => positions?.[index] === -1)
      if (missing.length > 0) throw wrong(line, missing[0] as string, 'is missing from the first line')
      continue
    }
    if (fields.length !== width) throw wrong(line, 'query', `has ${fields.length} fields where ${width} are named`)
    const [query = '', productId = '', grade = ''] = positions.map((position) => (fields[position] as string).trim())
    if (query === '') throw wrong(line, 'query', 'is empty')
    if (productId === '') throw wrong(line, 'product_id', 'is empty')
    if (!/^\d+(\.\d+)?$/.test(grade)) throw wrong(line, 'grade', `"${grade.slice(0, 40)}" is not a number from 0 up`)
    judgments.set(`${query}\n${productId}`, { query, productId, grade: Number(grade) })
  }
  if (positions === null) throw wrong(1, 'query', 'is missing: the file is empty')
  return [...judgments.values()]
}

const wrong = (line: number, column: string, complaint: string) =>
  convertFailure('convert.bad-judgment', `line ${line}, column ${column}: ${complaint}`, { line, column })

export const judgmentsCsv = (judgments: readonly Judgment[]): string =>
  [
    columns.join(','),
    ...judgments.map(({ query, productId, grade }) => [csvField(query), csvField(productId), grade].join(',')),
    '',
  ].join('\n')
