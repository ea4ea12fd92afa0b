/** Some 128 tokens of English. Texts beyond that are hardly faster together, and long ones are slower (DESIGN.md has the table). */
const charactersAtOnce = 512

/**
 * Positions of texts in batches that are encoded in one go: at most `mostTexts`, of like lengths, because the shorter ones cost as much
 * as the longest; and of so few characters that no batch takes longer than one long text alone.
 */
export function batchesByLength(lengths: readonly number[], mostTexts: number): number[][] {
  const order = lengths.map((_, at) => at).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0))
  const batches: number[][] = []
  let batch: number[] = []
  for (const at of order) {
    const isFull = batch.length === mostTexts || (batch.length + 1) * (lengths[at] ?? 0) > charactersAtOnce
    if (isFull && batch.length > 0) {
      batches.push(batch)
      batch = []
    }
    batch.push(at)
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
