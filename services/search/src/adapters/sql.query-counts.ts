import type { Database, MigrationSet } from '@eip/database'
import type { Clock } from '@eip/kernel'
import type { QueryCounts } from '../ports/query-counts.port.ts'

/** Counts by UTC day: they add up whoever counts, and grow old by their day. */
export type QueryCountTables = { query_count: { query: string; day: number; count: number } }

export const queryCountMigrations: MigrationSet = Object.freeze({
  owner: 'search-queries',
  migrations: [
    {
      name: '0001-query-counts',
      sql: `
        CREATE TABLE query_count (
          query TEXT NOT NULL, day INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (query, day)
        ) STRICT, WITHOUT ROWID`,
    },
  ],
})

export type SqlQueryCountsOptions = Readonly<{
  /** With `queryCountMigrations` among its migrations. */
  database: Database<QueryCountTables>
  clock: Clock
  /** Asked fewer times than this, a query is nobody's business. Default 3. */
  leastCount?: number
  /** How long counts may wait to be written. Default 5 seconds. */
  writeAfterMs?: number
  onTrouble: (error: unknown) => void
}>

const dayMs = 86_400_000
const halfLifeDays = 7
/** After so many days a count is worth a thousandth, and is forgotten. */
const keptDays = 70
const longestQuery = 100
/** Different queries that wait to be written; beyond, new ones are not counted until they are. */
const mostWaiting = 5_000

/** Rows in one statement: a few milliseconds of the thread. */
const rowsAtOnce = 200

/** Upper and lower case, and spaces more or less, ask the same; characters that nobody sees ask nothing. */
const spoken = (query: string): string =>
  query
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

export function sqlQueryCounts(options: SqlQueryCountsOptions): QueryCounts {
  const { database, clock, leastCount = 3, writeAfterMs = 5_000, onTrouble } = options
  let waiting = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  const today = () => Math.floor(clock.now() / dayMs)

  const write = async () => {
    timer = undefined
    const [counts, day] = [waiting, today()]
    waiting = new Map()
    if (counts.size === 0) return
    try {
      await database.transaction(async ({ query, lock }) => {
        // Processes that count the same queries, each in its own order, would wait for each other in a circle.
        await lock('query_count')
        const rows = [...counts].map(([text, count]) => ({ query: text, day, count }))
        for (let start = 0; start < rows.length; start += rowsAtOnce)
          await query
            .insertInto('query_count')
            .values(rows.slice(start, start + rowsAtOnce))
            .onConflict((conflict) =>
              conflict
                .columns(['query', 'day'])
                .doUpdateSet((row) => ({ count: row('query_count.count', '+', row.ref('excluded.count')) })),
            )
            .execute()
        await query
          .deleteFrom('query_count')
          .where('day', '<', day - keptDays)
          .execute()
      })
    } catch (error) {
      onTrouble(error)
    }
  }
  const flush = () => {
    clearTimeout(timer)
    writing = writing.then(write)
    return writing
  }

  return Object.freeze({
    add(query: string) {
      const text = spoken(query)
      if (text === '' || text.length > longestQuery || (waiting.size >= mostWaiting && !waiting.has(text))) return
      waiting.set(text, (waiting.get(text) ?? 0) + 1)
      timer ??= setTimeout(flush, writeAfterMs).unref()
    },
    async popular(limit: number) {
      await flush()
      const rows = await database.query.selectFrom('query_count').selectAll().execute()
      const now = today()
      const sums = new Map<string, { plain: number; decayed: number }>()
      for (const { query, day, count } of rows) {
        const sum = sums.get(query) ?? { plain: 0, decayed: 0 }
        sum.plain += count
        sum.decayed += count * 0.5 ** ((now - day) / halfLifeDays)
        sums.set(query, sum)
      }
      return [...sums]
        .filter(([, { plain }]) => plain >= leastCount)
        .sort(([a, first], [b, second]) => second.decayed - first.decayed || (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([text, { decayed }]) => ({ text, count: Math.max(1, Math.round(decayed)) }))
    },
    close: flush,
  })
}
