import { databaseFailure } from './failure.ts'

/** What every database takes for a value. */
export type ParameterValue = string | number | bigint | Uint8Array | null

// Clients make something of everything, each without a word: a named parameter of an object, 1 or 'true' of true, NULL of NaN.
export const isParameterValue = (value: unknown): value is ParameterValue =>
  typeof value === 'string' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  value === null ||
  typeof value === 'bigint' ||
  value instanceof Uint8Array

/** `place` counts from 0. */
export function badParameter(value: unknown, place: number): Error {
  const what = typeof value === 'object' && value !== null ? 'an object' : String(value)
  return databaseFailure('database.bad-parameter', `parameter ${place + 1} of a statement is ${what}`)
}
