import {
  type CompiledQuery,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { RunStatement } from './postgres.transaction.ts'
import { queryDialect } from './query-dialect.ts'

/** Kysely over any way to run a statement. */
export const postgresDialect = (run: RunStatement): Dialect =>
  queryDialect({
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, rowCount } = await run(sql, parameters)
      return { rows: rows as Row[], ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) }
    },
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (query) => new PostgresIntrospector(query),
  })
