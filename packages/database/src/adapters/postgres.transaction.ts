import type { Kysely } from 'kysely'
import type { PoolClient } from 'pg'
import type { Transaction } from '../database.port.ts'
import { databaseFailure } from '../failure.ts'
import { asPostgresFailure, isUnreachable } from './postgres.failure.ts'
import { encodeParameters, type PostgresValue } from './postgres.types.ts'
import { type TransactionLife, transactionLife } from './transaction-life.ts'

/** Statements in SQL, for what a query builder cannot say or is asked often. */
export interface PostgresConnection {
  rows<Row = Record<string, unknown>>(sql: string, values?: readonly PostgresValue[]): Promise<Row[]>
}

export interface PostgresTransaction<Schema> extends Transaction<Schema>, PostgresConnection {}

export type StatementResult = Readonly<{ rows: unknown[]; rowCount: number | null; command: string }>
export type RunStatement = (sql: string, values: readonly unknown[]) => Promise<StatementResult>

/** Runs statements on one connection, one after the other: the client does not take a second one before the first has its answer. */
export function statementRunner(client: PoolClient, where: string): RunStatement {
  let last: Promise<unknown> = Promise.resolve()
  const ask = async (sql: string, parameters: unknown[]) => {
    try {
      return await client.query(sql, parameters)
    } catch (error) {
      throw asPostgresFailure(error, where)
    }
  }
  return async (sql, values) => {
    const parameters = encodeParameters(values)
    const result = last.then(() => ask(sql, parameters))
    last = result.catch(() => {})
    return result
  }
}

type Surroundings<Schema> = Readonly<{
  /** Names the database and the schema in messages. */
  where: string
  /** The query builder over one way to run a statement. */
  builder: (run: RunStatement) => Kysely<Schema>
}>

function transactionHandle<Schema>({ builder }: Surroundings<Schema>, run: RunStatement, life: TransactionLife) {
  const inside: RunStatement = async (sql, values) => {
    life.refuseWhenOver()
    return run(sql, values)
  }
  return Object.freeze<PostgresTransaction<Schema>>({
    query: builder(inside),
    rows: async <Row>(sql: string, values: readonly PostgresValue[] = []) => (await inside(sql, values)).rows as Row[],
    async lock(table: string) {
      await inside(`LOCK TABLE "${table}" IN EXCLUSIVE MODE`, [])
    },
    afterCommit: life.afterCommit,
  })
}

async function commit(run: RunStatement, where: string): Promise<void> {
  const { command } = await run('COMMIT', []).catch((error) => {
    if (!isUnreachable(error)) throw error
    throw databaseFailure('database.commit-unknown', `${where} did not say whether it has committed`, {}, error)
  })
  // So it answers, without an error, where a statement failed and the function went on.
  if (command === 'ROLLBACK')
    throw databaseFailure('database.transaction-aborted', `a statement failed, so that ${where} keeps nothing`)
}

/** Runs `work` between BEGIN and COMMIT on a connection that it has to itself. */
export async function runPostgresTransaction<Schema, T>(
  client: PoolClient,
  surroundings: Surroundings<Schema>,
  work: (transaction: PostgresTransaction<Schema>) => Promise<T>,
): Promise<T> {
  const run = statementRunner(client, surroundings.where)
  const life = transactionLife(surroundings.where)
  try {
    await run('BEGIN', [])
    const result = await work(transactionHandle(surroundings, run, life))
    life.end()
    await commit(run, surroundings.where)
    life.committed()
    return result
  } catch (error) {
    life.end()
    // Where the connection is gone, the server rolls back by itself.
    if (!isUnreachable(error)) await run('ROLLBACK', []).catch(() => {})
    throw error
  }
}
