import type { AuditEntry, Role } from '@eip/contracts'
import type { Database, MigrationSet } from '@eip/database'
import { type AuditFilter, type AuditLog, type BegunChange, unsettled } from '../ports/audit-log.port.ts'

/** `at` is in milliseconds since the epoch; without an outcome, the change was begun and nothing more is known. */
type AuditRow = {
  id: number
  at: number
  by: string
  role: Role
  operation: string
  target: string
  outcome: AuditEntry['outcome'] | null
  detail: string | null
}

export type AuditTables = { audit_entry: Omit<AuditRow, 'id'> & { id?: number } }

export const auditLogMigrations: MigrationSet = Object.freeze({
  owner: 'gateway-audit',
  migrations: [
    {
      name: '0001-audit-entries',
      sql: `
        CREATE TABLE audit_entry (
          id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, "by" TEXT NOT NULL, role TEXT NOT NULL,
          operation TEXT NOT NULL, target TEXT NOT NULL, outcome TEXT, detail TEXT
        ) STRICT;
        CREATE INDEX audit_entry_by ON audit_entry ("by", id);
        CREATE INDEX audit_entry_operation ON audit_entry (operation, id)`,
    },
  ],
})

const entryOf = ({ at, outcome, detail, ...row }: AuditRow): AuditEntry =>
  Object.freeze({
    ...row,
    at: new Date(at).toISOString(),
    outcome: outcome ?? 'failed',
    detail: outcome === null ? unsettled : (detail ?? ''),
  })

/** The log in a database, kept for good. `database` needs `auditLogMigrations` among its migrations. */
export function sqlAuditLog(database: Pick<Database<AuditTables>, 'query'>): AuditLog {
  return Object.freeze({
    async begin({ at, ...change }: BegunChange) {
      const { id } = await database.query
        .insertInto('audit_entry')
        .values({ ...change, at: Date.parse(at), outcome: null, detail: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      return Number(id)
    },
    async settle(id: number, outcome: AuditEntry['outcome'], detail: string) {
      await database.query
        .updateTable('audit_entry')
        .set({ outcome, detail })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .execute()
    },
    async list({ before, size, by, operation }: AuditFilter) {
      let wanted = database.query.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(size)
      if (before !== undefined) wanted = wanted.where('id', '<', before)
      if (by !== undefined) wanted = wanted.where('by', '=', by)
      if (operation !== undefined) wanted = wanted.where('operation', '=', operation)
      return (await wanted.execute()).map((row) => entryOf(row as AuditRow))
    },
  })
}
