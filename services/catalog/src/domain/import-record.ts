import type { ImportRejection, ProductImport } from '@eip/contracts'

export type ImportRows = Readonly<ProductImport['rows']>

/** An import as it is kept. How far a running one is, only the process that runs it knows. */
export type ImportRecord = Omit<ProductImport, 'phase' | 'share'> &
  Readonly<{
    /** When bytes of it came last, in milliseconds since the epoch. Files go in in the order in which they became complete. */
    heardAt: number
  }>

/** What a whole run came to. `fault`: the file itself broke off at that line, and what stood before went in. */
export type ImportOutcome = Readonly<{
  rows: ImportRows
  repaired: Readonly<Record<string, number>>
  fault: Readonly<{ line: number; reason: string }> | null
}>

export const importLimits = Object.freeze({
  /** Imports that may be on their way in or waiting at once: each holds a file. */
  pending: 5,
  /** A file of which nothing came for a day does not come any more. */
  abandonedAfterMs: 24 * 60 * 60 * 1_000,
  listed: 100,
})

export const noRows: ImportRows = Object.freeze({
  ...{ read: 0, kept: 0, setAside: 0, duplicates: 0 },
  ...{ created: 0, updated: 0, unchanged: 0 },
})

type NewImport = Pick<ImportRecord, 'id' | 'fileName' | 'bytes' | 'options' | 'startedBy'> & Readonly<{ now: number }>

export const newImport = ({ now, ...given }: NewImport): ImportRecord => ({
  ...given,
  received: 0,
  state: 'receiving',
  rows: noRows,
  repaired: {},
  startedAt: new Date(now).toISOString(),
  endedAt: null,
  trouble: null,
  heardAt: now,
})

export const isOver = ({ state }: Pick<ImportRecord, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled'

export const isPending = ({ state }: Pick<ImportRecord, 'state'>): boolean =>
  state === 'receiving' || state === 'waiting'

export const isAbandoned = ({ state, heardAt }: ImportRecord, now: number): boolean =>
  state === 'receiving' && now - heardAt > importLimits.abandonedAfterMs

export const cancelled = (record: ImportRecord, now: number): ImportRecord => ended(record, 'cancelled', now)

export const failed = (record: ImportRecord, trouble: string, now: number): ImportRecord => ({
  ...ended(record, 'failed', now),
  trouble,
})

/** Done, or failed where nothing went in or not all of the file could be read. `first` is the first row set aside. */
export function concluded(
  record: ImportRecord,
  { rows, repaired, fault }: ImportOutcome,
  first: ImportRejection | null,
  now: number,
): ImportRecord {
  const counted = { ...record, rows, repaired }
  if (fault)
    return failed(counted, `the file breaks off at line ${fault.line}: ${fault.reason}; what stood before is in`, now)
  if (rows.read === 0) return failed(counted, 'the file holds no rows', now)
  if (rows.kept === 0) return failed(counted, noneKept(rows.read, first), now)
  return ended(counted, 'done', now)
}

const ended = (record: ImportRecord, state: 'done' | 'failed' | 'cancelled', now: number): ImportRecord => ({
  ...record,
  state,
  endedAt: new Date(now).toISOString(),
})

function noneKept(read: number, first: ImportRejection | null): string {
  const rows = read === 1 ? 'the only row did not go in' : `none of the ${read} rows went in`
  return first === null ? rows : `${rows}; ${first.reason} (field "${first.field}")`
}
