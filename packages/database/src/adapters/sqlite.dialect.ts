import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { databaseFailure } from '../failure.ts'
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

const refuse = (what: string) =>
  databaseFailure('database.unsupported', `the query builder's own ${what} is not offered`)

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

/** Kysely over the one connection of `node:sqlite`. Transactions are the database's, so that its hooks are never missed. */
export function sqliteDialect(source: DialectSource): Dialect {
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) => executeInTurn<Row>(source, query),
    streamQuery: () => {
      throw refuse('streaming')
    },
  }
  const refuseTransaction = async () => {
    throw refuse('transaction')
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: async () => {},
    destroy: async () => {},
  }
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new QueuedSqliteAdapter(),
    createIntrospector: (query) => new SqliteIntrospector(query),
  }
}
