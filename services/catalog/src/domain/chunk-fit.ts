/**
 *     0 ────────── received ────────────── bytes
 *     ├─ known ─────┤
 *          ├─ next ──────────┤                       the first `skip` bytes have come already
 *                        ├─ gap ──┤
 *                              ├─ beyond ──────┤
 */
export type ChunkFit =
  | Readonly<{ fit: 'known' | 'gap' | 'beyond' }>
  | Readonly<{ fit: 'next' /** Bytes of it that have come already. */; skip: number }>

/** How bytes that begin at `offset` stand to a file of `bytes`, of which the first `received` have come. */
export function chunkFit(
  file: Readonly<{ bytes: number; received: number }>,
  offset: number,
  length: number,
): ChunkFit {
  const end = offset + length
  if (end > file.bytes) return { fit: 'beyond' }
  if (end <= file.received) return { fit: 'known' }
  return offset > file.received ? { fit: 'gap' } : { fit: 'next', skip: file.received - offset }
}
