/** A row of a file by the line that it stands in, from 1. */
export type FileRow = Readonly<{ line: number; row: Readonly<Record<string, unknown>> }>
/** Why a row is not taken. */
export type RowFault = Readonly<{ line: number; field: string; reason: string }>
export type ReadRows = Readonly<{ rows: readonly FileRow[]; faults: readonly RowFault[] }>

/** What became of a batch: counts by what they are called, and rows that were refused, by their place in it. */
export type BatchAnswer = Readonly<{
  counts: Readonly<Record<string, number>>
  rejected: readonly Readonly<{ index: number; field: string; reason: string }>[]
}>

export type SentRows = Readonly<{
  sent: number
  counts: Readonly<Record<string, number>>
  refused: readonly RowFault[]
}>

type SendOptions = Readonly<{
  rows: readonly FileRow[]
  batchSize: number
  /** `batch` counts from 0: the same number is the same rows, however often they are sent. */
  send: (rows: readonly FileRow['row'][], batch: number) => Promise<BatchAnswer>
  onProgress: (so: SentRows) => void
  signal: AbortSignal
}>

export const nothingSent: SentRows = Object.freeze({ sent: 0, counts: Object.freeze({}), refused: Object.freeze([]) })

function added(before: SentRows, batch: readonly FileRow[], { counts, rejected }: BatchAnswer): SentRows {
  const names = new Set([...Object.keys(before.counts), ...Object.keys(counts)])
  return {
    sent: before.sent + batch.length,
    counts: Object.fromEntries([...names].map((name) => [name, (before.counts[name] ?? 0) + (counts[name] ?? 0)])),
    refused: [
      ...before.refused,
      ...rejected.map(({ index, field, reason }) => ({ line: batch[index]?.line ?? 0, field, reason })),
    ],
  }
}

/** Sends rows one batch after another. What was refused is told by its line. Fails with the signal's reason. */
export async function sendRows({ rows, batchSize, send, onProgress, signal }: SendOptions): Promise<SentRows> {
  let now = nothingSent
  for (let at = 0, batch = 0; at < rows.length; at += batchSize, batch++) {
    signal.throwIfAborted()
    const some = rows.slice(at, at + batchSize)
    const answer = await send(
      some.map(({ row }) => row),
      batch,
    )
    now = added(now, some, answer)
    onProgress(now)
  }
  return now
}
