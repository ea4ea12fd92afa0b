import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '@eip/kernel'
import type { CellValue, Columns, Lake } from '@eip/lake'
import {
  columnPositions,
  fileSize,
  firstRecording,
  hashOfFile,
  partName,
  type RejectedRows,
  readCsv,
} from '@eip/pipeline-products'
import { cleanRows, faultyRows, type Sources } from './clean-table.ts'
import { olistFailure } from './olist-failure.ts'
import { cleanColumns, type OlistTable, receivedColumns, type TableName } from './tables.ts'

/** Every row is counted once: read = kept + duplicates + setAside. */
export type TableSummary = Readonly<{
  table: TableName
  file: string
  read: number
  kept: number
  /** Rows that a later row of the same key replaced. */
  duplicates: number
  setAside: number
  /** Rows set aside, by why. */
  reasons: Readonly<Record<string, number>>
}>

export type TableProgress = Readonly<{ table: TableName; share: number }>

export type TableReading = Readonly<{
  directory: string
  table: OlistTable
  lake: Lake
  /** The tables that were read before, as they stand in an SQL `FROM`. */
  sources: Sources
  rejected: RejectedRows
  clock: Clock
  onProgress?: ((progress: TableProgress) => void) | undefined
}>

/** The file of a table, packed or not. Throws `olist.missing-table`. */
export function fileOf(directory: string, { name, files }: OlistTable): string {
  const asked = files.flatMap((file) => [`${file}.csv`, `${file}.csv.gz`])
  const found = asked.find((file) => existsSync(join(directory, file)))
  if (found === undefined)
    throw olistFailure('olist.missing-table', `the table ${name} is missing: "${directory}" has no ${asked[0]}`)
  return join(directory, found)
}

/**
 *     FILE.csv.gz ─▶ records ─▶ olist_TABLE_received (text, as it came) ─▶ SQL: types, times, keys ─▶ olist_TABLE
 *                       └───────────────────────────────────────────────────────┴─▶ rows set aside, with line, field and reason
 */
export async function readTable(
  reading: TableReading,
): Promise<{ summary: TableSummary; source: string; received: string }> {
  const { directory, table, lake, sources } = reading
  const file = fileOf(directory, table)
  const part = partName(await hashOfFile(file), 'olist/1')
  const reasons: Record<string, number> = {}
  const setAside = async (line: number, field: string, reason: string, text: string) => {
    const why = `${field} ${reason}`
    reasons[why] = (reasons[why] ?? 0) + 1
    await reading.rejected.add({
      line,
      field: `${table.name}.${field}`,
      reason: `${table.name}, line ${line}: ${why}`,
      text,
    })
  }
  const read = await receive(reading, file, part, setAside)
  const received = lake.source(`olist_${table.name}_received`, part)
  for await (const rows of lake.query(faultyRows(table, received, sources)))
    for (const { line, field, reason } of rows) await setAside(Number(line), String(field), String(reason), '')
  const dataset = `olist_${table.name}`
  const kept = await keepQuery(
    reading,
    { dataset, part, columns: cleanColumns(table) },
    cleanRows(table, received, sources),
  )
  const aside = Object.values(reasons).reduce((sum, count) => sum + count, 0)
  const summary = {
    ...{ table: table.name, file, read, kept },
    duplicates: read - kept - aside,
    setAside: aside,
    reasons,
  }
  return { summary, source: lake.source(dataset, part), received }
}

type SetAside = (line: number, field: string, reason: string, text: string) => Promise<void>

/** Records of the file, as text, into the lake. Answers how many rows the file has. */
async function receive(reading: TableReading, file: string, part: string, setAside: SetAside): Promise<number> {
  const { table, lake, clock } = reading
  const bytesTotal = await fileSize(file)
  const dataset = `olist_${table.name}_received`
  const recordedAt = await firstRecording(lake, dataset, part, clock)
  const writer = await lake.write({ dataset, part, recordedAt, columns: receivedColumns(table) })
  let positions: readonly number[] | null = null
  let width = 0
  let read = 0
  try {
    for await (const { records, bytesRead, fault } of readCsv(file)) {
      if (fault) throw olistFailure('olist.broken-file', `"${file}", line ${fault.line}: ${fault.reason}`)
      const rows: CellValue[][] = []
      for (const record of records) {
        if (positions === null) {
          positions = positionsIn(record.fields ?? [], table, file)
          width = record.fields?.length ?? 0
          continue
        }
        read++
        if (record.fields === null) await setAside(record.line, 'row', record.reason, record.text)
        else if (record.fields.length !== width)
          await setAside(record.line, 'row', 'has another number of fields than the header', record.text)
        else rows.push([record.line, ...positions.map((position) => record.fields[position] ?? '')])
      }
      await writer.append(rows)
      if (bytesRead > 0) reading.onProgress?.({ table: table.name, share: bytesRead / Math.max(1, bytesTotal) })
    }
    if (positions === null) positionsIn([], table, file)
    await writer.commit()
  } catch (error) {
    await writer.discard()
    throw error
  }
  return read
}

function positionsIn(header: readonly string[], { columns }: OlistTable, file: string): readonly number[] {
  const names = columns.map(({ from }) => from)
  const positions = columnPositions(header, names)
  const missing = names.filter((_, index) => positions[index] === -1)
  if (missing.length > 0)
    throw olistFailure(
      'olist.missing-column',
      `"${file}" has no column ${missing.join(', ')}; ${header.length === 0 ? 'it is empty' : `it has ${header.join(', ')}`}`,
    )
  return positions
}

/** Writes what a query answers into a part of the lake; its columns are those of the query. Answers how many rows it has. */
export async function keepQuery(
  { lake, clock }: Pick<TableReading, 'lake' | 'clock'>,
  { dataset, part, columns }: Readonly<{ dataset: string; part: string; columns: Columns }>,
  sql: string,
): Promise<number> {
  const recordedAt = await firstRecording(lake, dataset, part, clock)
  const writer = await lake.write({ dataset, part, recordedAt, columns })
  const names = Object.keys(columns)
  try {
    for await (const rows of lake.query(sql))
      await writer.append(rows.map((row) => names.map((name) => row[name] as CellValue)))
    return await writer.commit()
  } catch (error) {
    await writer.discard()
    throw error
  }
}
