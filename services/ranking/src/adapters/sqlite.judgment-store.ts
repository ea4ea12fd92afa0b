import { type MigrationSet, timeSlice } from '@eip/database'
import type { SqliteDatabase } from '@eip/database/sqlite'
import type { JudgmentSet } from '../domain/judged-query.ts'
import type { JudgmentStore } from '../ports/judgment-store.port.ts'

export type JudgmentTables = {
  /** Beside the judgments, because counting a hundred thousand of them would hold the thread. */
  judged_query: { query: string; judgments: number }
  judgment: { query: string; product_id: string; grade: number }
}

export const sqliteJudgmentStoreMigrations: MigrationSet = Object.freeze({
  owner: 'ranking-judgments',
  migrations: [
    {
      name: '0001-judgments',
      sql: `
        CREATE TABLE judged_query (query TEXT PRIMARY KEY, judgments INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE judgment (
          query TEXT NOT NULL, product_id TEXT NOT NULL, grade REAL NOT NULL, PRIMARY KEY (query, product_id)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

/** Above every text that begins with `prefix`, as the bytes of UTF-8 are ordered. */
const endOf = (prefix: string): string => `${prefix}\u{10ffff}`

/** `database`: with `sqliteJudgmentStoreMigrations` among its migrations. */
export function sqliteJudgmentStore<Tables extends JudgmentTables>(database: SqliteDatabase<Tables>): JudgmentStore {
  return Object.freeze({
    replace: (judgments: JudgmentSet) =>
      database.transaction(async (tx) => {
        tx.statement('DELETE FROM judgment').run()
        tx.statement('DELETE FROM judged_query').run()
        const insertQuery = tx.statement('INSERT INTO judged_query (query, judgments) VALUES (?, ?)')
        const insert = tx.statement('INSERT INTO judgment (query, product_id, grade) VALUES (?, ?, ?)')
        const slice = timeSlice()
        for (const [query, grades] of judgments) {
          insertQuery.run(query, grades.size)
          for (const [productId, grade] of grades) {
            insert.run(query, productId, grade)
            await slice.pause()
          }
        }
      }),
    queries: (prefix: string, limit: number) =>
      database.use((connection) => {
        const range = 'FROM judged_query WHERE query >= ? AND query < ?'
        const select = connection.statement<{ query: string; judgments: number }>(
          `SELECT query, judgments ${range} ORDER BY query LIMIT ?`,
        )
        const count = connection.statement<{ total: number }>(`SELECT count(*) AS total ${range}`)
        const queries = select.all(prefix, endOf(prefix), limit).map(({ query, judgments }) => ({ query, judgments }))
        return { queries, total: count.get(prefix, endOf(prefix))!.total }
      }),
    gradesOf: (query: string) =>
      database.use((connection) => {
        const select = connection.statement<{ product_id: string; grade: number }>(
          'SELECT product_id, grade FROM judgment WHERE query = ?',
        )
        return new Map(select.all(query).map(({ product_id: id, grade }) => [id, grade] as const))
      }),
  } satisfies JudgmentStore)
}
