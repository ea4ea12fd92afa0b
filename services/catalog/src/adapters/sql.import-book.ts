import { type Database, type MigrationSet, oneByOne } from '@eip/database'
import { type ImportRecord, isOver } from '../domain/import-record.ts'
import type { ImportBook } from '../ports/import-book.port.ts'

/** `record` is JSON; what is asked for stands beside it. */
export type ImportTables = { product_import: { id: string; is_over: number; record: string } }

export const importBookMigrations: MigrationSet = Object.freeze({
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

export type SqlImportBookOptions = Readonly<{
  /** With `importBookMigrations` among its migrations. */
  database: Pick<Database<ImportTables>, 'query'>
}>

const recordOf = ({ record }: { record: string }): ImportRecord => JSON.parse(record) as ImportRecord

export function sqlImportBook({ database }: SqlImportBookOptions): ImportBook {
  const { query } = database
  const inTurn = oneByOne('the import book')
  return Object.freeze({
    async save(record) {
      const values = { is_over: Number(isOver(record)), record: JSON.stringify(record) }
      const insert = query.insertInto('product_import').values({ id: record.id, ...values })
      const write = insert.onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      await inTurn(() => write.execute())
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
