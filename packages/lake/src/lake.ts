import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import type { FileStore } from '@eip/file-store'
import { lakeFailure } from './lake-failure.ts'
import { type Columns, type PartWriter, partWriter } from './part-writer.ts'
import { type SharedParts, type StandingPart, sharedParts } from './shared-parts.ts'
import { openStaging, partFolders, type Staging } from './staging.ts'

export type LakePart = Readonly<{ dataset: string; part: string; recordedOn: string; files: number; bytes: number }>
export type LakeRow = Readonly<Record<string, string | number | bigint | boolean | null>>
export type NewPart = Readonly<{
  dataset: string
  /** The part's name in its dataset and day; writing it again replaces it. */
  part: string
  /** When the platform could know the rows; its day in UTC is the folder they go in. */
  recordedAt: Date
  columns: Columns
}>

/**
 * A folder of Parquet files, `DATASET/recorded_on=YYYY-MM-DD/part=NAME/NNNNN.parquet`, that any warehouse reads.
 * - A reader sees a part whole or not at all; a crash leaves nothing half-written in a dataset.
 * - Days are those of `recordedAt` in UTC.
 * - Memory stays within the limit given, whatever the size of the files; what does not fit goes to disk in the lake.
 * - One process has a lake open at a time; a killed one frees it.
 * - Nothing is read or written outside the folder, and nothing is fetched, but from the store of files where one is given: the
 *   parts stand there for all processes, and the folder is this one's copy, brought up to date before a query and checked.
 */
export interface Lake {
  readonly directory: string
  /** The parts of a dataset, by day and name; none if there is no such dataset. */
  parts(dataset: string): Promise<readonly LakePart[]>
  write(part: NewPart): Promise<PartWriter>
  /** What stands in an SQL `FROM` for a dataset, or for one part of it, with the columns `part` and `recorded_on`. */
  source(dataset: string, part?: string): string
  /**
   * The rows of an SQL query, batch by batch, `values` standing for `$1`, `$2` …
   * Whole numbers of 64 bits come as bigint, dates and nested values as text. Leaving the loop early ends the query.
   */
  query(sql: string, values?: readonly (string | number | boolean | null)[]): AsyncIterable<readonly LakeRow[]>
  close(): Promise<void>
}

export type LakeOptions = Readonly<{
  memoryLimitMb?: number
  threads?: number
  /** Where the parts stand that several processes share; without it, in the folder alone. */
  files?: FileStore | undefined
}>

/** Opens the lake in a folder, making it where absent. Throws `lake.in-use` or `lake.unreadable`. */
export async function openLake(directory: string, options: LakeOptions = {}): Promise<Lake> {
  const root = resolve(directory)
  const { instance, staging } = await openEngine(root, options)
  const shared = options.files && sharedParts(options.files, root, staging)
  // What stands in a query for a dataset says which parts it needs.
  const sources = new Map<string, Readonly<{ dataset: string; part: string }>>()
  const write = async ({ dataset, part, recordedAt, columns }: NewPart) => {
    const place = join(checkedName(dataset), `recorded_on=${recordedAt.toISOString().slice(0, 10)}`, `part=${part}`)
    checkedName(part)
    for (const column of Object.keys(columns)) checkedName(column)
    const folder = await staging.create()
    return partWriter({
      connection: await instance.connect(),
      folder,
      columns,
      recordedAt,
      publish: () => (shared ?? staging).publish(folder, place),
      abandon: () => rm(folder, { recursive: true, force: true }),
    })
  }
  const source = (dataset: string, part = '*') => {
    const files = join(root, checkedName(dataset), 'recorded_on=*', `part=${part === '*' ? part : checkedName(part)}`)
    const pattern = `${files.replaceAll("'", "''")}/*.parquet`
    sources.set(pattern, { dataset, part })
    return `read_parquet('${pattern}', hive_partitioning = true, hive_types = {recorded_on: DATE, part: VARCHAR})`
  }
  const bring = async (sql: string) => {
    if (shared)
      for (const [pattern, { dataset, part }] of sources) if (sql.includes(pattern)) await shared.bring(dataset, part)
  }
  return Object.freeze({
    directory: root,
    parts: (dataset: string) => listParts(root, checkedName(dataset), shared),
    write,
    source,
    query: async function* (sql: string, values: readonly (string | number | boolean | null)[] = []) {
      await bring(sql)
      yield* rowsOf(instance, sql, values)
    },
    close: async () => {
      instance.closeSync()
      await staging.remove()
    },
  })
}

async function openEngine(root: string, options: LakeOptions): Promise<{ instance: DuckDBInstance; staging: Staging }> {
  const { memoryLimitMb = 512, threads = 2 } = options
  let instance: DuckDBInstance | undefined
  try {
    await mkdir(root, { recursive: true })
    // The file holds no table: DuckDB's lock on it is the lake's, and the kernel frees it with the process.
    instance = await DuckDBInstance.create(join(root, '.lake.duckdb'), {
      memory_limit: `${memoryLimitMb}MiB`,
      threads: String(threads),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    })
    const staging = await openStaging(root)
    const connection = await instance.connect()
    const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`
    await connection.run(`SET temp_directory = ${quoted(staging.spillDirectory)}`)
    await connection.run(`SET TimeZone = 'UTC'`)
    await connection.run(`SET allowed_directories = [${quoted(`${root}/`)}]`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
    connection.closeSync()
    return { instance, staging }
  } catch (cause) {
    instance?.closeSync()
    if (String(cause).includes('lock on file'))
      throw lakeFailure('lake.in-use', `the lake "${root}" is open in another process`, { root }, cause)
    throw lakeFailure('lake.unreadable', `the lake "${root}" cannot be opened: ${String(cause)}`, { root }, cause)
  }
}

async function* rowsOf(
  instance: DuckDBInstance,
  sql: string,
  values: readonly (string | number | boolean | null)[],
): AsyncGenerator<readonly LakeRow[]> {
  // A connection of its own: a second query on one would end the first.
  const connection = await instance.connect()
  const failed = (cause: unknown) =>
    lakeFailure('lake.query-failed', `a query of the lake failed: ${String(cause)}`, { sql }, cause)
  try {
    const result = await connection.stream(sql, [...values]).catch((cause) => Promise.reject(failed(cause)))
    const names = result.deduplicatedColumnNames()
    for (;;) {
      const chunk = await result.fetchChunk().catch((cause) => Promise.reject(failed(cause)))
      if (!chunk || chunk.rowCount === 0) return
      yield rowsOfChunk(chunk, names)
    }
  } finally {
    connection.closeSync()
  }
}

function rowsOfChunk(chunk: DuckDBDataChunk, names: readonly string[]): LakeRow[] {
  const columns = chunk.getColumns()
  return Array.from({ length: chunk.rowCount }, (_, index) => {
    const row: Record<string, LakeRow[string]> = {}
    for (const [column, name] of names.entries()) {
      const value = columns[column]?.[index] ?? null
      row[name] = typeof value === 'object' && value !== null ? String(value) : (value as LakeRow[string])
    }
    return row
  })
}

async function listParts(root: string, dataset: string, shared?: SharedParts): Promise<readonly LakePart[]> {
  const standing = shared ? await shared.list(dataset) : await localParts(root, dataset)
  return standing.map(({ place, files, bytes }) => {
    const [, day = '', part = ''] = place.split(/[\\/]/)
    return { dataset, part: part.slice(5), recordedOn: day.slice(12), files, bytes }
  })
}

async function localParts(root: string, dataset: string): Promise<readonly StandingPart[]> {
  const parts: StandingPart[] = []
  for (const place of await partFolders(root, dataset)) {
    const files = (await readdir(join(root, place))).filter((name) => name.endsWith('.parquet'))
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(root, place, name))).size))
    parts.push({ place, files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) })
  }
  return parts
}

function checkedName(name: string): string {
  if (!/^[a-zA-Z0-9][\w.-]{0,127}$/.test(name))
    throw lakeFailure('lake.bad-name', `"${name}" cannot name a dataset, part or column of the lake`)
  return name
}
