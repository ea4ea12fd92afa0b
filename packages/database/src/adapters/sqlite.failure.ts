import { isFailure } from '@eip/kernel'
import { databaseFailure } from '../failure.ts'

// Primary result codes, https://www.sqlite.org/rescode.html
const meanings = {
  5: ['database.locked', 'is locked by another process'],
  8: ['database.cannot-open', 'may not be written to'],
  11: ['database.damaged', 'is damaged'],
  13: ['database.disk-full', 'cannot grow: the disk is full'],
  14: ['database.cannot-open', 'cannot be opened'],
  26: ['database.damaged', 'is not an SQLite database'],
} as const

/** The failure that an error of SQLite stands for; every other error as it is. */
export function asDatabaseFailure(error: unknown, file: string): unknown {
  if (isFailure(error) || !(error instanceof Error) || !('errcode' in error)) return error
  // The lower byte of an extended code is the primary one.
  const meaning = meanings[(Number(error.errcode) & 0xff) as keyof typeof meanings]
  return meaning ? databaseFailure(meaning[0], `${file} ${meaning[1]} (${error.message})`, { file }, error) : error
}
