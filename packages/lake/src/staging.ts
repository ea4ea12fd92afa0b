import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * The place where parts are made before a reader may see them, and where replaced ones wait to be removed.
 *
 *     LAKE/.staging/<process>-<uuid>/new/…        being written
 *                                    replaced/…  the old folder of a part, under its path in the lake
 *                                    spill/      DuckDB's own overflow
 */
export type Staging = Readonly<{
  spillDirectory: string
  /** A new empty folder to write a part in. */
  create(): Promise<string>
  /** Puts a finished folder at its place in the lake; a reader sees the old part or the new one, never a half. */
  publish(made: string, place: string): Promise<void>
  remove(): Promise<void>
}>

export async function openStaging(lakeDirectory: string): Promise<Staging> {
  const all = join(lakeDirectory, '.staging')
  await clearLeftovers(lakeDirectory, all)
  const own = join(all, `${thisProcess()}-${randomUUID()}`)
  const spillDirectory = join(own, 'spill')
  await mkdir(spillDirectory, { recursive: true })
  return Object.freeze({
    spillDirectory,
    create: async () => {
      const folder = join(own, 'new', randomUUID())
      await mkdir(folder, { recursive: true })
      return folder
    },
    publish: async (made: string, place: string) => {
      await syncFolder(made)
      const target = join(lakeDirectory, place)
      await mkdir(dirname(target), { recursive: true })
      // A folder cannot replace a full one in one step: a crash between the two renames is mended at the next opening.
      const aside = join(own, 'replaced', place)
      const isReplacing = existsSync(target)
      if (isReplacing) {
        await mkdir(dirname(aside), { recursive: true })
        await rename(target, aside)
      }
      await rename(made, target)
      await sync(dirname(target))
      if (isReplacing) await rm(aside, { recursive: true, force: true })
    },
    remove: () => rm(own, { recursive: true, force: true }),
  })
}

/** Containers give every process the same id: the time of its start tells it from the one before. */
const thisProcess = () => `${process.pid}-${Math.round(performance.timeOrigin)}`

/**
 * Removes what a killed process left. The lake's lock is held, so a folder of another process has no living owner;
 * one of this process may belong to a lake that is open. A part caught between two renames goes back to its place.
 */
async function clearLeftovers(lakeDirectory: string, all: string): Promise<void> {
  const folders = existsSync(all) ? await readdir(all) : []
  for (const folder of folders.filter((name) => !name.startsWith(`${thisProcess()}-`))) {
    const replaced = join(all, folder, 'replaced')
    for (const place of existsSync(replaced) ? await partFolders(replaced) : []) {
      const target = join(lakeDirectory, place)
      if (!existsSync(target)) await rename(join(replaced, place), target)
    }
    await rm(join(all, folder), { recursive: true, force: true })
  }
}

/** The `dataset/recorded_on=DAY/part=NAME` folders below a folder, as relative paths. */
export async function partFolders(root: string, dataset?: string): Promise<string[]> {
  const found: string[] = []
  const names = async (folder: string) =>
    (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  for (const set of (await names(root)).filter((name) => dataset === undefined || name === dataset))
    for (const day of (await names(join(root, set))).filter((name) => name.startsWith('recorded_on=')))
      for (const part of (await names(join(root, set, day))).filter((name) => name.startsWith('part=')))
        found.push(join(set, day, part))
  return found.sort()
}

async function syncFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await sync(join(folder, name))
  await sync(folder)
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
