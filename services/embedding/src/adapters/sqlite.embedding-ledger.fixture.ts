import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { type EmbeddingTables, embeddingLedgerMigrations } from './sql.embedding-tables.ts'
import { sqliteEmbeddingLedger } from './sqlite.embedding-ledger.ts'

/** The ledger in a file, and the outbox that its events leave by. */
export async function openSqliteLedger(file: string) {
  const database = await openSqliteDatabase<EmbeddingTables>({
    file,
    migrations: [outboxMigrations, embeddingLedgerMigrations],
    synchronous: 'normal',
  })
  const outbox = sqliteOutbox(database)
  return { ledger: sqliteEmbeddingLedger({ database, outbox }), outbox, close: database.close }
}
