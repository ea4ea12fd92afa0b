import { DatabaseSync } from 'node:sqlite'

export interface DirectoryLock {
  release(): void
}

/**
 * Takes the lock of a data directory, or answers null where another process holds it.
 * The lock is an exclusive transaction on a small SQLite file: the kernel frees it when the process dies, however it dies.
 */
export function acquireDirectoryLock(file: string): DirectoryLock | null {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null
    throw error
  }
  return Object.freeze({ release: () => database.close() })
}
