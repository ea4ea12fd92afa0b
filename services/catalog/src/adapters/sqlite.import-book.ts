import type { MigrationSet } from '@eip/database'
import type { SqliteDatabase } from '@eip/database/sqlite'
import { type ImportRecord, isOver } from '../domain/import-record.ts'
import type { ImportBook } from '../ports/import-book.port.ts'

/** `record` is JSON; what is asked for stands beside it. */
export type ImportTables = { product_import: { id: string; is_over: number; record: string } }

export const sqliteImportBookMigrations: MigrationSet = Object.freeze({
  owner: 'catalog-imports',
  migrations: [
    {
      name: '0001-imports',
      sql: `
        CREATE TABLE product_import (id TEXT PRIMARY KEY, is_over INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
        CREATE INDEX product_import_unfinished ON product_import (id) WHERE is_over = 0`,
    },
  ],
})

export type SqliteImportBookOptions = Readonly<{
  /** With `sqliteImportBookMigrations` among its migrations. */
  database: SqliteDatabase<ImportTables>
}>

const recordOf = ({ record }: { record: string }): ImportRecord => JSON.parse(record) as ImportRecord

export function sqliteImportBook({ database }: SqliteImportBookOptions): ImportBook {
  const { query } = database
  return Object.freeze({
    async save(record) {
      const values = { is_over: Number(isOver(record)), record: JSON.stringify(record) }
      const insert = query.insertInto('product_import').values({ id: record.id, ...values })
      await insert.onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
    },
    async read(id) {
      const row = await query.selectFrom('product_import').select('record').where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : recordOf(row)
    },
    async newest(count) {
      const newestFirst = query.selectFrom('product_import').select('record').orderBy('id', 'desc')
      return (await newestFirst.limit(count).execute()).map(recordOf)
    },
    async unfinished() {
      const open = query.selectFrom('product_import').select('record').where('is_over', '=', 0)
      return (await open.orderBy('id').execute()).map(recordOf)
    },
  } satisfies ImportBook)
}
