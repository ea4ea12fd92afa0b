/**
 * How often shoppers ask what, to suggest it to others.
 *  - Only queries that found something are counted, and only those asked often enough are told: a text that few typed may be private.
 *  - What was asked lately counts more: a count loses half of its worth in a week.
 *  - `add` answers at once and never fails a search; it is written down in batches, and a crash may lose the last of them.
 *  - Several processes may count into one store: what they add is summed.
 */
export interface QueryCounts {
  add(query: string): void
  /** The most asked, most first; counts are rounded. */
  popular(limit: number): Promise<readonly Readonly<{ text: string; count: number }>[]>
  close(): Promise<void>
}
