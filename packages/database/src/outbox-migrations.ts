import type { MigrationSet } from './migration.ts'

export const outboxMigrations: MigrationSet = Object.freeze({
  owner: 'outbox',
  migrations: [
    {
      name: '0001-events',
      sql: `CREATE TABLE outbox_event (position INTEGER PRIMARY KEY, topic TEXT NOT NULL, envelope TEXT NOT NULL) STRICT`,
    },
  ],
})
