import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { failures } from '@eip/kernel'
import { z } from 'zod'
import { acquireDirectoryLock } from './adapters/sqlite.directory-lock.ts'

const failure = failures({
  'data-directory.in-use': {
    kind: 'conflict',
    cure: 'Wait until a platform that starts there answers; else stop the other process, or name another directory in EIP_DATA_DIR.',
  },
  'data-directory.newer-version': {
    kind: 'conflict',
    cure: 'Start it with the version of the program that made it, or a newer one.',
  },
  'data-directory.no-key': {
    kind: 'invalid',
    cure: 'Give the SIGNING_KEY of the platform, or in EIP_DATA_DIR the data directory that it uses.',
  },
  'data-directory.unreadable': {
    kind: 'invalid',
    cure: 'Name another directory in EIP_DATA_DIR, or restore this one from a backup.',
  },
})

/** Grows when what stands in a data directory changes such that older programs must not touch it. */
const formatVersion = 1

const formatSchema = z.looseObject({ format: z.int().positive(), demo: z.enum(['none', 'filling', 'filled']) })
const platformSchema = z.looseObject({ url: z.url(), pid: z.int() })

export type DemoState = z.infer<typeof formatSchema>['demo']

/** Where each thing lies in a data directory. */
export const pathsIn = (given: string) => {
  const directory = resolve(given)
  const at = (name: string) => join(directory, name)
  return Object.freeze({
    directory,
    lock: at('lock.sqlite'),
    format: at('format.json'),
    platform: at('platform.json'),
    signingKey: at('signing.key'),
    events: at('events.sqlite'),
    catalog: at('catalog.sqlite'),
    gateway: at('gateway.sqlite'),
    embedding: at('embedding.sqlite'),
    search: at('search.sqlite'),
    ranking: at('ranking.sqlite'),
    inventory: at('inventory.sqlite'),
    logistics: at('logistics.sqlite'),
    orders: at('orders.sqlite'),
    uploads: at('uploads'),
    artifacts: at('artifacts'),
    index: at('index'),
    lake: at('lake'),
    rejected: at('rejected'),
  })
}

export type DataPaths = ReturnType<typeof pathsIn>

export interface DataDirectory {
  readonly paths: DataPaths
  /** True if this call of `openDataDirectory` made it. */
  readonly isNew: boolean
  demo(): DemoState
  setDemo(state: DemoState): void
  /** Says where the platform that uses this directory answers, so that commands find it. */
  announce(url: string): void
  close(): void
}

function writeAside(file: string, text: string, mode = 0o644): void {
  writeFileSync(`${file}.new`, text, { mode, flush: true })
  renameSync(`${file}.new`, file)
}

function readFormat(paths: DataPaths): z.infer<typeof formatSchema> | null {
  if (!existsSync(paths.format)) return null
  let content: unknown
  try {
    content = JSON.parse(readFileSync(paths.format, 'utf8'))
  } catch (error) {
    throw failure('data-directory.unreadable', `${paths.format} is not JSON`, {}, error)
  }
  const version = z.looseObject({ format: z.int() }).safeParse(content)
  if (version.success && version.data.format > formatVersion)
    throw failure(
      'data-directory.newer-version',
      `${paths.directory} has format ${version.data.format}, this program knows formats up to ${formatVersion}`,
    )
  const format = formatSchema.safeParse(content)
  if (!format.success)
    throw failure('data-directory.unreadable', `${paths.format} does not hold a format this program knows`)
  return format.data
}

/**
 * Opens a data directory for this process alone; makes it where it is absent.
 * Throws `data-directory.in-use`, `data-directory.newer-version` or `data-directory.unreadable`.
 */
export function openDataDirectory(directory: string, demo: DemoState): DataDirectory {
  const paths = pathsIn(directory)
  try {
    mkdirSync(paths.directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw failure('data-directory.unreadable', `${paths.directory} cannot be used as a folder (${code})`, {}, error)
  }
  const lock = acquireDirectoryLock(paths.lock)
  if (!lock) throw failure('data-directory.in-use', `${paths.directory} is used by another process`)
  try {
    const found = readFormat(paths)
    let format = found ?? { format: formatVersion, demo }
    const store = () => writeAside(paths.format, `${JSON.stringify(format)}\n`)
    if (!found) store()
    return Object.freeze({
      paths,
      isNew: found === null,
      demo: () => format.demo,
      setDemo(state: DemoState) {
        format = { ...format, demo: state }
        store()
      },
      announce: (url: string) => writeAside(paths.platform, `${JSON.stringify({ url, pid: process.pid })}\n`),
      close() {
        rmSync(paths.platform, { force: true })
        lock.release()
      },
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Where the platform that uses this directory says it answers; null where none does. */
export function announcedPlatform(directory: string): string | null {
  const { platform } = pathsIn(directory)
  if (!existsSync(platform)) return null
  const announced = platformSchema.safeParse(JSON.parse(readFileSync(platform, 'utf8')))
  return announced.success ? announced.data.url : null
}

/** The key of a platform that runs elsewhere: given, or read from its directory. Throws `data-directory.no-key`. */
export function knownSigningKey(directory: string, configured: string | undefined): Uint8Array {
  if (configured === undefined && !existsSync(pathsIn(directory).signingKey))
    throw failure('data-directory.no-key', `there is no key of the platform in ${resolve(directory)}`)
  return signingKey(directory, configured)
}

/** The key that signs tokens: the configured one, or one that is made once and kept in the directory, readable by its owner alone. */
export function signingKey(directory: string, configured: string | undefined): Uint8Array {
  if (configured !== undefined) return new TextEncoder().encode(configured)
  const { signingKey: file } = pathsIn(directory)
  if (!existsSync(file)) writeAside(file, randomBytes(32).toString('base64'), 0o600)
  // As text, so that what is kept here and what SIGNING_KEY says are the same key.
  return new TextEncoder().encode(readFileSync(file, 'utf8'))
}
