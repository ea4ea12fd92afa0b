import {
  type CompiledQuery,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { queryDialect } from './query-dialect.ts'
import { asDatabaseFailure } from './sqlite.failure.ts'
import { checkParameters, type PreparedStatement } from './sqlite.statement.ts'

/** How a query builder comes to the connection: `acquire` resolves with the function that gives it back. */
export type DialectSource = Readonly<{
  file: string
  prepare: (sql: string) => PreparedStatement
  acquire: () => Promise<() => void>
}>

function execute<Row>(source: DialectSource, { sql, parameters }: CompiledQuery): QueryResult<Row> {
  checkParameters(parameters)
  try {
    const statement = source.prepare(sql).raw
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  } catch (error) {
    throw asDatabaseFailure(error, source.file)
  }
}

async function executeInTurn<Row>(source: DialectSource, query: CompiledQuery): Promise<QueryResult<Row>> {
  const release = await source.acquire()
  try {
    return execute<Row>(source, query)
  } finally {
    release()
  }
}

// Turns are taken per query, by `acquire`. Kysely's own lock around a single connection is left out, because it waits
// without a limit and stays locked for ever when a connection is refused.
class QueuedSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** Kysely over the one connection of `node:sqlite`. */
export const sqliteDialect = (source: DialectSource): Dialect =>
  queryDialect({
    executeQuery: <Row>(query: CompiledQuery) => executeInTurn<Row>(source, query),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new QueuedSqliteAdapter(),
    createIntrospector: (query) => new SqliteIntrospector(query),
  })
