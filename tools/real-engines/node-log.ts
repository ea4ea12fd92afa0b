import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

export const logPath = (directory: string): string => join(directory, 'log')

/** An old log would look like that of a process that is ready. The one before is kept: it may tell of a crash. */
export function rotateLog(directory: string): void {
  if (existsSync(logPath(directory))) renameSync(logPath(directory), join(directory, 'log.before'))
}

export const logHas = (directory: string, text: string): boolean => readLog(directory).includes(text)

export const lastLines = (directory: string, count: number): string =>
  readLog(directory).trimEnd().split('\n').slice(-count).join('\n')

const readLog = (directory: string): string =>
  existsSync(logPath(directory)) ? readFileSync(logPath(directory), 'utf8') : ''
