import { type Database, type MigrationSet, timeSlice } from '@eip/database'
import type { JudgmentSet } from '../domain/judged-query.ts'
import type { JudgmentStore } from '../ports/judgment-store.port.ts'

export type JudgmentTables = {
  /** Beside the judgments, because counting a hundred thousand of them would hold the thread. */
  judged_query: { query: string; judgments: number }
  judgment: { query: string; product_id: string; grade: number }
}

export const judgmentStoreMigrations: MigrationSet = Object.freeze({
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

/** Rows in one statement: enough that each costs little, and few enough for the variables that a statement may have. */
const rowsAtOnce = 500

function* inChunks<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = []
  for (const row of rows) {
    if (chunk.push(row) < rowsAtOnce) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

function* judgmentsIn(set: JudgmentSet): Generator<JudgmentTables['judgment']> {
  for (const [query, grades] of set) for (const [id, grade] of grades) yield { query, product_id: id, grade }
}

/** `database`: with `judgmentStoreMigrations` among its migrations. */
export function sqlJudgmentStore(database: Database<JudgmentTables>): JudgmentStore {
  return Object.freeze({
    replace: (judgments: JudgmentSet) =>
      database.transaction(async (tx) => {
        await tx.lock('judged_query')
        await tx.query.deleteFrom('judgment').execute()
        await tx.query.deleteFrom('judged_query').execute()
        const slice = timeSlice()
        for (const chunk of inChunks(judgments)) {
          const values = chunk.map(([query, grades]) => ({ query, judgments: grades.size }))
          await tx.query.insertInto('judged_query').values(values).execute()
          await slice.pause()
        }
        for (const chunk of inChunks(judgmentsIn(judgments))) {
          await tx.query.insertInto('judgment').values(chunk).execute()
          await slice.pause()
        }
      }),
    async queries(prefix: string, limit: number) {
      const begun = database.query
        .selectFrom('judged_query')
        .where('query', '>=', prefix)
        .where('query', '<', endOf(prefix))
      const counted = begun.select(({ fn }) => fn.countAll<number>().as('total')).as('counted')
      const listed = begun.select(['query', 'judgments']).orderBy('query').limit(limit).as('listed')
      // Both in one statement, so that they are of one moment.
      const rows = await database.query
        .selectFrom(counted)
        .leftJoin(listed, (join) => join.onTrue())
        .select(['total', 'query', 'judgments'])
        .orderBy('query')
        .execute()
      const queries = rows.flatMap(({ query, judgments }) => (query === null ? [] : [{ query, judgments: judgments! }]))
      return { queries, total: rows[0]!.total }
    },
    async gradesOf(query: string) {
      const rows = await database.query
        .selectFrom('judgment')
        .select(['product_id', 'grade'])
        .where('query', '=', query)
        .execute()
      return new Map(rows.map(({ product_id: id, grade }) => [id, grade] as const))
    },
  } satisfies JudgmentStore)
}
