import { isFailure } from '@eip/kernel'
import { databaseFailure } from '../failure.ts'

// https://www.postgresql.org/docs/15/errcodes-appendix.html
const meanings = {
  '25006': ['database.refused', 'may only be read from, as a standby may'],
  '25P03': ['database.turn-timeout', 'ended a transaction that stood idle for too long'],
  '28P01': ['database.refused', 'refuses the name or the password'],
  '28000': ['database.refused', 'refuses the name or the password'],
  '3D000': ['database.refused', 'has no such database'],
  '42501': ['database.refused', 'refuses this to the user of DATABASE_URL'],
  '53100': ['database.disk-full', 'cannot grow: the disk is full'],
  '53300': ['database.too-many-connections', 'has no connection left'],
  '55P03': ['database.turn-timeout', 'waited too long for another transaction'],
  '57014': ['database.turn-timeout', 'took too long over a query'],
  '40001': ['database.conflict', 'could not put transactions one after the other'],
  '40P01': ['database.conflict', 'ended a transaction that waited for another in a circle'],
  XX001: ['database.damaged', 'is damaged'],
  XX002: ['database.damaged', 'is damaged'],
} as const

/** What a broken connection says, by the codes of the operating system and of PostgreSQL's classes 08 and 57. */
const isBroken = (code: string) =>
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08...|57P0.)$/.test(code)
const brokenWords =
  /Connection terminated|Client has encountered a connection error|not queryable|Client was closed|Query read timeout/

/** The failure that an error of PostgreSQL or of its client stands for; every other error as it is. `where` is for the message. */
export function asPostgresFailure(error: unknown, where: string): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const meaning = meanings[code as keyof typeof meanings]
  if (meaning) return databaseFailure(meaning[0], `${where} ${meaning[1]} (${error.message})`, {}, error)
  if (error.message.includes('timeout exceeded when trying to connect'))
    return databaseFailure('database.turn-timeout', `waited too long for a connection to ${where}`, {}, error)
  if (isBroken(code) || brokenWords.test(error.message) || error instanceof AggregateError)
    return databaseFailure('database.unreachable', `${where} does not answer (${error.message || code})`, {}, error)
  return error
}

/** Whether the connection is of no use any more. */
export const isUnreachable = (failure: unknown): boolean =>
  isFailure(failure) && (failure.code === 'database.unreachable' || failure.code === 'database.commit-unknown')
