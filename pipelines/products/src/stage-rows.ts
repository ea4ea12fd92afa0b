import type { Clock } from '@eip/kernel'
import type { CellValue, Columns, Lake } from '@eip/lake'
import type { ImportProgress } from './import-summary.ts'
import { textOfLine } from './json-line.ts'
import { type FileFault, type Line, readLines } from './line-reader.ts'
import type { RejectedRows } from './rejected-rows.ts'

/** What becomes of a line: cells for the lake, in the order of the columns, or the reason why not. */
export type StagedLine =
  | Readonly<{ outcome: 'kept'; cells: readonly CellValue[]; repairs: readonly string[] }>
  | Readonly<{ outcome: 'rejected'; field: string; reason: string }>

export type Staging = Readonly<{
  file: string
  bytesTotal: number
  lake: Lake
  dataset: string
  part: string
  columns: Columns
  convert: (text: string, line: number) => StagedLine
  rejected: RejectedRows
  /** What the file of rejected rows shows of a line; the line itself where absent. */
  shown?: ((text: string) => string) | undefined
  clock: Clock
  onProgress?: ((progress: ImportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}>

export type Staged = Readonly<{
  read: number
  kept: number
  setAside: number
  repaired: Readonly<Record<string, number>>
  fault: FileFault | null
}>

/**
 * Streams a file of lines into one part of the lake, setting bad lines aside with their reasons. Blank lines do not
 * count. The part is there only after the whole file, or all of it that can be read, is in.
 */
export async function stageRows(staging: Staging): Promise<Staged> {
  const { file, lake, dataset, part, columns, bytesTotal } = staging
  const recordedAt = await firstRecording(lake, dataset, part, staging.clock)
  const writer = await lake.write({ dataset, part, recordedAt, columns })
  const count = { read: 0, kept: 0, setAside: 0 }
  const repaired: Record<string, number> = {}
  let fault: FileFault | null = null
  try {
    for await (const batch of readLines(file, { signal: staging.signal })) {
      const rows: (readonly CellValue[])[] = []
      for (const line of batch.lines) {
        if (isBlank(line)) continue
        count.read++
        const staged = await convertLine(staging, line)
        if (staged === null) count.setAside++
        else {
          rows.push(staged.cells)
          for (const repair of staged.repairs) repaired[repair] = (repaired[repair] ?? 0) + 1
        }
      }
      count.kept += rows.length
      await writer.append(rows)
      fault = batch.fault
      staging.onProgress?.({ phase: 'reading', file, bytesRead: batch.bytesRead, bytesTotal, rows: count.read })
    }
    await writer.commit()
  } catch (error) {
    await writer.discard()
    throw error
  }
  return { ...count, repaired, fault }
}

/** The cells of a line, or null for one that was set aside. */
async function convertLine({ convert, rejected, shown }: Staging, line: Line) {
  const decoded = textOfLine(line)
  const staged: StagedLine =
    'text' in decoded
      ? convert(decoded.text, line.number)
      : { outcome: 'rejected', field: 'row', reason: decoded.reason }
  if (staged.outcome === 'kept') return staged
  const { field, reason } = staged
  const text = 'text' in decoded ? decoded.text : line.bytes.toString('utf8', 0, 4_000)
  const reasonWithLine = `line ${line.number}: ${reason}`
  await rejected.add({ line: line.number, field, reason: reasonWithLine, text: shown ? shown(text) : text })
  return null
}

const isBlank = ({ bytes }: Line): boolean =>
  bytes.length === 0 || (bytes.length < 100 && bytes.toString().trim() === '')

/** The platform knew the rows when the file first came in; reading it again does not make them newer. */
export async function firstRecording(lake: Lake, dataset: string, part: string, clock: Clock): Promise<Date> {
  const known = (await lake.parts(dataset)).find((candidate) => candidate.part === part)
  if (!known) return new Date(clock.now())
  const sql = `SELECT epoch_ms(min(recorded_at))::DOUBLE AS at FROM ${lake.source(dataset, part)}`
  for await (const [row] of lake.query(sql)) if (typeof row?.at === 'number') return new Date(row.at)
  return new Date(`${known.recordedOn}T00:00:00Z`)
}
