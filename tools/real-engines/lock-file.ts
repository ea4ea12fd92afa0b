import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failure } from './failures.ts'

/** SHA-256 by path below the installed folder. On disk in the form of `sha256sum`, which can check it too. */
export type Lock = ReadonlyMap<string, string>

export const checksum = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

export function readLock(path: string): Lock {
  if (!existsSync(path)) return new Map()
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}

export const writeLock = (path: string, lock: Lock): void =>
  writeFileSync(path, [...lock].map(([file, sum]) => `${sum}  ${file}\n`).join(''))

/** The checksums of all jars and zips below a folder, in the order of their paths. */
export function lockOf(directory: string): Lock {
  const files = globSync('**/*.{jar,zip}', { cwd: directory }).sort()
  return new Map(files.map((file) => [file, checksum(readFileSync(join(directory, file)))]))
}

/** Throws `engines.bad-checksum` unless exactly the locked files are there, with the locked contents. Names all that differ. */
export function assertLocked(lock: Lock, found: Lock): void {
  const faults = [
    ...[...found.keys()].filter((file) => !lock.has(file)).map((file) => `${file} is not in the lock file`),
    ...[...lock.keys()].filter((file) => !found.has(file)).map((file) => `${file} is missing`),
    ...[...lock]
      .filter(([file, sum]) => found.has(file) && found.get(file) !== sum)
      .map(([file, sum]) => `${file} has the SHA-256 ${found.get(file)}, locked is ${sum}`),
  ]
  if (faults.length > 0) throw failure('engines.bad-checksum', `Refused: ${faults.join('; ')}.`, { faults })
}
