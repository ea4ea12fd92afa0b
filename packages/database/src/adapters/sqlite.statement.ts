import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { badParameter, isParameterValue, type ParameterValue } from '../parameter.ts'

export type SqliteValue = ParameterValue

/** A prepared statement; parameters go to its question marks, in order. Some 1–2 µs a call, a query builder some 20. */
export interface SqliteStatement<Row = Record<string, SqliteValue>> {
  run(...parameters: readonly SqliteValue[]): Readonly<{ changes: number }>
  get(...parameters: readonly SqliteValue[]): Row | undefined
  all(...parameters: readonly SqliteValue[]): Row[]
  /** Row by row; use no other call of the same statement meanwhile. */
  iterate(...parameters: readonly SqliteValue[]): IterableIterator<Row>
}

/** Throws `database.bad-parameter`. */
export function checkParameters(parameters: readonly unknown[]): asserts parameters is readonly SqliteValue[] {
  for (let i = 0; i < parameters.length; i++) if (!isParameterValue(parameters[i])) throw badParameter(parameters[i], i)
}

function checkedStatement(statement: StatementSync): SqliteStatement {
  const run = (...parameters: readonly SqliteValue[]) => {
    checkParameters(parameters)
    return { changes: Number(statement.run(...parameters).changes) }
  }
  const get = (...parameters: readonly SqliteValue[]) => {
    checkParameters(parameters)
    return statement.get(...parameters)
  }
  const all = (...parameters: readonly SqliteValue[]) => {
    checkParameters(parameters)
    return statement.all(...parameters)
  }
  const iterate = (...parameters: readonly SqliteValue[]) => {
    checkParameters(parameters)
    return statement.iterate(...parameters) as IterableIterator<Record<string, SqliteValue>>
  }
  return Object.freeze({ run, get, all, iterate })
}

/** A statement as SQLite prepared it, and behind the check of its parameters. */
export type PreparedStatement = Readonly<{ raw: StatementSync; checked: SqliteStatement }>

/** Statements by their text, prepared once; beyond `limit`, the one prepared first is dropped. */
export function statementCache(connection: DatabaseSync, limit = 200): (sql: string) => PreparedStatement {
  const cache = new Map<string, PreparedStatement>()
  return (sql) => {
    const known = cache.get(sql)
    if (known) return known
    const raw = connection.prepare(sql)
    const statement = { raw, checked: checkedStatement(raw) }
    if (cache.size >= limit) cache.delete(cache.keys().next().value!)
    cache.set(sql, statement)
    return statement
  }
}
