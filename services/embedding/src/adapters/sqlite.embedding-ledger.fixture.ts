import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import {
  type EmbeddingTables,
  sqliteEmbeddingLedger,
  sqliteEmbeddingLedgerMigrations,
} from './sqlite.embedding-ledger.ts'

/** The ledger in a file, and the outbox that its events leave by. */
export async function openSqliteLedger(file: string) {
  const database = await openSqliteDatabase<EmbeddingTables>({
    file,
    migrations: [sqliteOutboxMigrations, sqliteEmbeddingLedgerMigrations],
    synchronous: 'normal',
  })
  const outbox = sqliteOutbox(database)
  return { ledger: sqliteEmbeddingLedger({ database, outbox }), outbox, close: database.close }
}
