import { types } from 'pg'
import { databaseFailure } from '../failure.ts'
import { badParameter, isParameterValue, type ParameterValue } from '../parameter.ts'
import { readText, writtenText } from './postgres.text.ts'

/** What a statement takes: also lists, for `= ANY($1)` and `unnest($1::text[])`. */
export type PostgresValue = ParameterValue | readonly ParameterValue[]

const encoded = (value: unknown, place: number): ParameterValue => {
  if (!isParameterValue(value)) throw badParameter(value, place)
  return typeof value === 'string' ? writtenText(value) : value
}

/** Values as PostgreSQL's client may have them. Throws `database.bad-parameter`. */
export const encodeParameters = (values: readonly unknown[]): unknown[] =>
  values.map((value, place) =>
    Array.isArray(value) ? value.map((each) => encoded(each, place)) : encoded(value, place),
  )

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw databaseFailure('database.bad-value', `the database holds ${text}, which is no whole number that fits`)
  return value
}

/** By PostgreSQL's own numbers for types. int8 comes as text, as it does not fit every number, and so does numeric (`sum` of int8). */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, wholeNumber],
  [types.builtins.NUMERIC, wholeNumber],
  [types.builtins.TEXT, readText],
  [types.builtins.VARCHAR, readText],
])

/** How the client reads the columns of a result. */
export const columnTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser,
}
