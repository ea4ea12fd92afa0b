import type { OlistColumn, OlistTable, TableName } from './tables.ts'

const market = 'America/Sao_Paulo'
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const given = ({ from }: OlistColumn) => `nullif(trim("${from}"), '')`

function value(column: OlistColumn): string {
  const text = given(column)
  if (column.kind === 'time') return `epoch_ms(timezone('${market}', TRY_CAST(${text} AS TIMESTAMP)))::DOUBLE`
  if (column.kind === 'cents') return `round(TRY_CAST(${text} AS DECIMAL(14, 2)) * 100)::DOUBLE`
  if (column.kind === 'number') return `TRY_CAST(${text} AS DOUBLE)`
  return text
}

/** SQL that is why a row cannot be taken, as `FIELD: reason`, or null. The first field at fault is told. */
function faultOf(column: OlistColumn): string[] {
  const { from, kind, isRequired, least, most, oneOf } = column
  const text = given(column)
  const when = (condition: string, reason: string) => `WHEN ${condition} THEN ${quoted(`${from}: ${reason}`)}`
  const faults: string[] = []
  if (isRequired) faults.push(when(`${text} IS NULL`, 'is missing'))
  if (kind === 'id') faults.push(when(`NOT regexp_full_match(${text}, '[\\w.-]{1,128}')`, 'is not an id'))
  if (kind === 'state') faults.push(when(`NOT regexp_full_match(${text}, '[A-Z]{2}')`, 'is not a state such as SP'))
  if (kind === 'time') faults.push(when(`${text} IS NOT NULL AND ${value(column)} IS NULL`, 'is not a time'))
  if (kind === 'cents' || kind === 'number')
    faults.push(when(`${text} IS NOT NULL AND ${value(column)} IS NULL`, 'is not a number'))
  if (least !== undefined) faults.push(when(`${value(column)} < ${least}`, `is less than ${least}`))
  if (most !== undefined) faults.push(when(`${value(column)} > ${most}`, `is more than ${most}`))
  if (oneOf !== undefined)
    faults.push(when(`${text} NOT IN (${oneOf.map(quoted).join(', ')})`, `is none of ${oneOf.join(', ')}`))
  return faults
}

export type Sources = Readonly<Partial<Record<TableName, string>>>

/** A table as received, typed, with the fault of each row. */
function typed(table: OlistTable, received: string, sources: Sources): string {
  const columns = table.columns.map((column) => `${value(column)} AS "${column.name}"`)
  const unknown = table.references.map(({ column, table: other }) => {
    const from = table.columns.find(({ name }) => name === column)?.from ?? column
    const reason = quoted(`${from}: is not among the ${other}`)
    return `WHEN ${given({ from, name: column, kind: 'id' })} NOT IN (SELECT "${column}" FROM ${sources[other]}) THEN ${reason}`
  })
  const faults = [...table.columns.flatMap(faultOf), ...unknown]
  return `SELECT line, ${columns.join(', ')}, CASE ${faults.join(' ')} END AS fault FROM ${received}`
}

/** One row per key, the last of the file, in the order of the file. */
export function cleanRows(table: OlistTable, received: string, sources: Sources): string {
  const key = table.key.map((name) => `"${name}"`).join(', ')
  const columns = table.columns.map(({ name, isMiddle }) =>
    isMiddle ? `median("${name}") OVER (PARTITION BY ${key}) AS "${name}"` : `"${name}"`,
  )
  return `
    SELECT line, ${columns.join(', ')} FROM (${typed(table, received, sources)}) WHERE fault IS NULL
    QUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY line DESC) = 1 ORDER BY line`
}

/** The rows that are set aside, with their line, field and reason. */
export const faultyRows = (table: OlistTable, received: string, sources: Sources): string => `
  SELECT line, split_part(fault, ': ', 1) AS field, split_part(fault, ': ', 2) AS reason
  FROM (${typed(table, received, sources)}) WHERE fault IS NOT NULL ORDER BY line`
