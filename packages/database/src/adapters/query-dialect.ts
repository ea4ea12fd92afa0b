import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { databaseFailure } from '../failure.ts'

const refuse = (what: string) =>
  databaseFailure('database.unsupported', `the query builder's own ${what} is not offered`)

const refuseTransaction = async () => {
  throw refuse('transaction')
}

/** What sets the words of one engine apart, and how a query is run. */
export type QueryDialectParts = Omit<Dialect, 'createDriver'> & Pick<DatabaseConnection, 'executeQuery'>

/** The query builder over any way to run a query. Transactions are the database's, so that its hooks are never missed. */
export function queryDialect({ executeQuery, ...language }: QueryDialectParts): Dialect {
  const connection: DatabaseConnection = {
    executeQuery,
    streamQuery: () => {
      throw refuse('streaming')
    },
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
  return { createDriver: () => driver, ...language }
}
