import type { AuditEntry } from '@eip/contracts'
import { type AuditFilter, type AuditLog, type BegunChange, unsettled } from '../ports/audit-log.port.ts'

const mostEntries = 10_000

/** A log that ends with the process and holds the newest 10,000 entries: for the demo and for tests. */
export function memoryAuditLog(): AuditLog {
  const entries = new Map<number, AuditEntry>()
  const open = new Set<number>()
  let last = 0
  return Object.freeze({
    async begin(change: BegunChange) {
      const id = ++last
      entries.set(id, Object.freeze({ ...change, id, outcome: 'failed', detail: unsettled }))
      open.add(id)
      entries.delete(id - mostEntries)
      open.delete(id - mostEntries)
      return id
    },
    async settle(id: number, outcome: AuditEntry['outcome'], detail: string) {
      const entry = entries.get(id)
      if (open.delete(id) && entry) entries.set(id, Object.freeze({ ...entry, outcome, detail }))
    },
    async list({ before = Number.POSITIVE_INFINITY, size, by, operation }: AuditFilter) {
      const isWanted = (entry: AuditEntry) =>
        entry.id < before &&
        (by === undefined || entry.by === by) &&
        (operation === undefined || entry.operation === operation)
      return [...entries.values()].reverse().filter(isWanted).slice(0, size)
    },
  })
}
