import { statSync } from 'node:fs'
import { type Clock, systemClock } from '@eip/kernel'
import type { Lake } from '@eip/lake'
import type { RejectedRows } from '@eip/pipeline-products'
import { olistFailure } from './olist-failure.ts'
import { fileOf, readTable, type TableProgress, type TableSummary } from './read-table.ts'
import { olistTables, type TableName } from './tables.ts'

/** The tables of one folder in the lake, each as it stands in an SQL `FROM`. */
export type OlistSources = Readonly<Record<TableName | 'itemsReceived', string>>

export type OlistReading = Readonly<{
  directory: string
  lake: Lake
  rejected: RejectedRows
  clock?: Clock
  onProgress?: (progress: TableProgress) => void
}>

/** Reads all tables of a folder into the lake. The same files again replace their own parts. Throws `olist.no-folder` or `olist.missing-table` before it begins. */
export async function readOlist(
  reading: OlistReading,
): Promise<{ tables: readonly TableSummary[]; sources: OlistSources }> {
  const { directory, clock = systemClock } = reading
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found === undefined) throw olistFailure('olist.no-folder', `there is no folder "${directory}"`)
  if (!found.isDirectory()) throw olistFailure('olist.no-folder', `"${directory}" is not a folder`)
  for (const table of olistTables) fileOf(directory, table)
  const sources: Partial<Record<TableName | 'itemsReceived', string>> = {}
  const tables: TableSummary[] = []
  for (const table of olistTables) {
    const { summary, source, received } = await readTable({ ...reading, table, sources, clock })
    sources[table.name] = source
    if (table.name === 'items') sources.itemsReceived = received
    tables.push(summary)
  }
  return { tables, sources: sources as OlistSources }
}
