import { constants } from 'node:fs'
import { access, copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type Clock, newId, systemClock } from '@eip/kernel'
import { checkedPath } from '../file-path.ts'
import { filesFailure } from '../file-store.failure.ts'
import type { FileStore, StoredFile } from '../file-store.port.ts'

export type FolderFileStoreOptions = Readonly<{ folder: string; clock?: Clock }>

const unfinished = '.unfinished'
/** Others may be writing: only what nobody can be at any more is a crash's leftover. */
const leftoverAfterMs = 24 * 3_600_000

const isAbsent = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

/**
 * Files in a folder that any number of processes share, on one machine or by a network file system. Each is written under a
 * name of its own and then takes its path in one step: `rename` to replace, `link` where it must be the first.
 *
 *     FOLDER/<path>             the files
 *     FOLDER/.unfinished/<id>   being written; a crash's leftovers go after a day
 */
export async function folderFileStore({ folder, clock = systemClock }: FolderFileStoreOptions): Promise<FileStore> {
  const root = resolve(folder)
  await prepare(root, clock)
  const at = (path: string) => join(root, checkedPath(path))

  /** A durable copy inside the store, given to `place` and gone afterwards if it is still there. */
  async function written<Answer>(localFile: string, target: string, place: (aside: string) => Promise<Answer>) {
    const aside = join(root, unfinished, newId())
    try {
      await copyFile(localFile, aside)
      await sync(aside)
      await mkdir(dirname(target), { recursive: true })
      const answer = await place(aside)
      for (let each = dirname(target); each.length >= root.length; each = dirname(each)) await sync(each)
      return answer
    } finally {
      await rm(aside, { force: true })
    }
  }

  return Object.freeze({
    async put(path: string, localFile: string) {
      const target = at(path)
      await written(localFile, target, (aside) => rename(aside, target))
    },
    async create(path: string, localFile: string) {
      const target = at(path)
      return written(localFile, target, (aside) =>
        link(aside, target).then(
          () => 'created' as const,
          (error) => {
            if (error.code === 'EEXIST') return 'taken' as const
            throw error
          },
        ),
      )
    },
    async fetch(path: string, localFile: string) {
      const source = at(path)
      const aside = `${localFile}.${newId()}`
      try {
        await copyFile(source, aside)
        await rename(aside, localFile)
        return 'fetched' as const
      } catch (error) {
        if (isAbsent(error) && !(await exists(source))) return 'absent' as const
        throw error
      } finally {
        await rm(aside, { force: true })
      }
    },
    read: (path: string) => orAbsent(() => readFile(at(path), 'utf8'), null),
    list: async (path: string) => orAbsent(() => filesBelow(root, at(path)), []),
    remove: async (path: string) => rm(at(path), { force: true }),
  })
}

async function prepare(root: string, clock: Clock): Promise<void> {
  const aside = join(root, unfinished)
  try {
    await mkdir(aside, { recursive: true })
    await access(aside, constants.W_OK)
  } catch (cause) {
    throw filesFailure(
      'files.bad-folder',
      `the folder "${root}" of FILES_URL cannot be used: ${cause}`,
      { root },
      cause,
    )
  }
  for (const name of await readdir(aside)) {
    const made = await orAbsent(async () => (await stat(join(aside, name))).mtimeMs, null)
    if (made !== null && made < clock.now() - leftoverAfterMs) await rm(join(aside, name), { force: true })
  }
}

async function filesBelow(root: string, folder: string): Promise<readonly StoredFile[]> {
  const found: StoredFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    // What somebody removed while it was listed is not there.
    const facts = entry.isFile() ? await orAbsent(() => stat(path, { bigint: true }), null) : null
    if (facts !== null)
      found.push({
        path: relative(root, path).replaceAll('\\', '/'),
        bytes: Number(facts.size),
        version: `${facts.mtimeNs}-${facts.ino}-${facts.size}`,
      })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function orAbsent<Value, Otherwise>(ask: () => Promise<Value>, otherwise: Otherwise): Promise<Value | Otherwise> {
  try {
    return await ask()
  } catch (error) {
    if (isAbsent(error)) return otherwise
    throw error
  }
}

const exists = (path: string) =>
  orAbsent(async () => {
    await stat(path)
    return true
  }, false)

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
