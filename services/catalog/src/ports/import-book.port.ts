import type { ImportRecord } from '../domain/import-record.ts'

/**
 * What imports there are and were.
 *  - `save` writes the whole record, in place of the one with its id; when it resolves, that is durable.
 *  - Of saves asked for one after the other, the last one stands.
 *  - `unfinished` are those that are not over, by id: in the order in which they began.
 *  - `newest` are at most `count`, by id backwards.
 *  - A record comes back exactly as it was saved.
 */
export interface ImportBook {
  save(record: ImportRecord): Promise<void>
  /** null when there is no such import. */
  read(id: string): Promise<ImportRecord | null>
  newest(count: number): Promise<readonly ImportRecord[]>
  unfinished(): Promise<readonly ImportRecord[]>
}
