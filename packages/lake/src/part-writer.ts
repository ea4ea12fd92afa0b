import { join } from 'node:path'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import { lakeFailure } from './lake-failure.ts'

/** `integer` is a whole number of 32 bits. */
export type ColumnKind = 'text' | 'integer' | 'double'
export type Columns = Readonly<Record<string, ColumnKind>>
export type CellValue = string | number | null

/**
 * Writes one part of a dataset, seen by readers only after `commit`.
 * - Rows are arrays in the order of the declared columns; they are kept in the order given.
 * - Memory holds at most two buffers, however many rows come; `append` waits for the disk.
 * - A part of the same name is replaced by `commit`; `discard` leaves it as it was.
 */
export interface PartWriter {
  append(rows: readonly (readonly CellValue[])[]): Promise<void>
  /** Answers the number of rows written. */
  commit(): Promise<number>
  discard(): Promise<void>
}

const bufferBytes = 24 * 2 ** 20
const bufferRows = 65_536
const chunkRows = 2_048 // DuckDB's vector size

const duckTypes: Readonly<Record<ColumnKind, DuckDBType>> = Object.freeze({
  text: VARCHAR,
  integer: INTEGER,
  double: DOUBLE,
})

type WriterPlace = Readonly<{
  connection: DuckDBConnection
  folder: string
  columns: Columns
  recordedAt: Date
  publish(): Promise<void>
  abandon(): Promise<void>
}>

/**
 *     rows ─▶ buffer ≤ 24 MiB ─▶ table in memory ─▶ 00000.parquet, 00001.parquet … ─▶ one rename
 *
 * Each buffer becomes a file of one or a few row groups, so that neither writing nor reading needs more memory than
 * a buffer: DuckDB's row groups are counted in rows, and rows here reach megabytes.
 */
export function partWriter(place: WriterPlace): PartWriter {
  let buffer: (readonly CellValue[])[] = []
  let bytes = 0
  let files = 0
  let written = 0
  let writing: Promise<void> = Promise.resolve()

  const startFile = async () => {
    const rows = buffer
    buffer = []
    bytes = 0
    await writing
    written += rows.length
    writing = writeFile(place, rows, files++)
    writing.catch(() => {}) // reported by whoever waits next
  }
  return Object.freeze({
    append: async (rows: readonly (readonly CellValue[])[]) => {
      for (const row of rows) {
        buffer.push(row)
        for (const cell of row) bytes += typeof cell === 'string' ? cell.length : 8
        if (bytes >= bufferBytes || buffer.length >= bufferRows) await startFile()
      }
    },
    commit: async () => {
      // A part without rows still says which columns it has.
      if (buffer.length > 0 || files === 0) await startFile()
      await writing
      place.connection.closeSync()
      await place.publish()
      return written
    },
    discard: async () => {
      await writing.catch(() => {})
      place.connection.closeSync()
      await place.abandon()
    },
  })
}

async function writeFile(place: WriterPlace, rows: readonly (readonly CellValue[])[], number: number): Promise<void> {
  const names = Object.keys(place.columns)
  const types = Object.values(place.columns).map((kind) => duckTypes[kind])
  const file = join(place.folder, `${String(number).padStart(5, '0')}.parquet`)
  try {
    const declared = names.map((name, index) => `"${name}" ${types[index]}`).join(', ')
    await place.connection.run(`CREATE OR REPLACE TEMP TABLE buffered (${declared})`)
    const appender = await place.connection.createAppender('buffered')
    for (let start = 0; start < rows.length; start += chunkRows) {
      const slice = rows.slice(start, start + chunkRows)
      const chunk = DuckDBDataChunk.create(types, slice.length)
      chunk.setColumns(names.map((_, column) => slice.map((row) => row[column] as DuckDBValue)))
      appender.appendDataChunk(chunk)
    }
    appender.flushSync()
    appender.closeSync()
    await place.connection.run(
      `COPY (SELECT *, TIMESTAMPTZ '${place.recordedAt.toISOString()}' AS recorded_at FROM buffered)
       TO '${file.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`,
    )
    await place.connection.run('DROP TABLE buffered')
  } catch (cause) {
    throw lakeFailure('lake.write-failed', `the lake could not write "${file}": ${String(cause)}`, { file }, cause)
  }
}
