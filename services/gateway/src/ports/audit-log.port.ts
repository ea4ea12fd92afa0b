import type { AuditEntry } from '@eip/contracts'

/** A change that somebody is about to make. */
export type BegunChange = Omit<AuditEntry, 'id' | 'outcome' | 'detail'>

export type AuditFilter = Readonly<{
  /** Entries with a smaller id only. */
  before?: number | undefined
  size: number
  by?: string | undefined
  operation?: string | undefined
}>

/** What the log says of a change that was begun, as long as nobody has said how it ended. */
export const unsettled = 'has not ended'

/**
 * Who changed what.
 *  - `begin` writes the entry before the change is made and answers its id; ids only grow, and are 1 or more.
 *  - An entry reads as `failed`, `has not ended`, until it is settled: a change in whose middle the process died stays so.
 *  - An entry is settled once; settling it again, or one that is not there, changes nothing.
 *  - `list` answers the newest first, at most `size`; `by` and `operation` are compared exactly.
 *  - Entries are never changed otherwise, nor deleted by anybody who is in them.
 */
export interface AuditLog {
  begin(change: BegunChange): Promise<number>
  settle(id: number, outcome: AuditEntry['outcome'], detail: string): Promise<void>
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>
}
