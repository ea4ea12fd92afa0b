import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { filesOf, measureFile } from '@eip/file-store'
import { type Clock, isFailure, newId, systemClock } from '@eip/kernel'
import { contentOf } from '../artifact-content.ts'
import { type ArtifactFile, readManifest, writeManifest } from '../artifact-manifest.ts'
import { checkName } from '../artifact-name.ts'
import type { ArtifactStore } from '../artifact-store.port.ts'
import { artifactsFailure } from '../artifacts-failure.ts'

export type FolderArtifactStoreOptions = Readonly<{ folder: string; clock?: Clock }>

const manifestName = 'manifest.json'
const unfinished = '.unfinished'
/** Other processes may be writing: only what nobody can be at any more is a crash's leftover. */
const leftoverAfterMs = 24 * 3_600_000

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)
const absent = (error: unknown): null => {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
  throw error
}

/** Turns a failed rename into false where its target is taken. */
const isTaken = (error: unknown): false => {
  if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return false
  throw error
}
const isDamage = (error: unknown): false => {
  if (isFailure(error) && error.code === 'artifacts.damaged') return false
  throw error
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Copies the files to `<aside>/files`, with the manifest beside them, all of it durable. */
async function writeAside(directory: string, aside: string): Promise<readonly ArtifactFile[]> {
  const paths = await contentOf(directory)
  const folders = new Set([aside, join(aside, 'files')])
  const files: ArtifactFile[] = []
  for (const path of paths) {
    const target = join(aside, 'files', path)
    for (let folder = dirname(target); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(directory, path), target)
    await sync(target)
    // Of the copy: what is checked later is what was written.
    files.push(await measureFile(join(aside, 'files'), path))
  }
  await writeFile(join(aside, manifestName), writeManifest(files), { flush: true })
  for (const folder of folders) await sync(folder)
  return files
}

async function checkFiles(artifact: string, home: string): Promise<void> {
  const damaged = (file: string, how: string) =>
    artifactsFailure('artifacts.damaged', `file "${file}" of ${artifact} ${how}`, { file })
  const text = await readFile(join(home, manifestName), 'utf8').catch(absent)
  const files = text === null ? null : readManifest(artifact, text)
  if (files === null) throw damaged(manifestName, text === null ? 'is missing' : 'cannot be read')
  const standing = await filesOf(join(home, 'files')).catch(absent)
  const strange = [...(standing?.files ?? []), ...(standing?.foreign ?? [])].find(
    (path) => !files.some((file) => file.path === path),
  )
  if (strange !== undefined) throw damaged(strange, 'does not belong to it')
  for (const file of files) {
    const found = await measureFile(join(home, 'files'), file.path).catch(absent)
    if (found === null) throw damaged(file.path, 'is missing')
    if (found.bytes !== file.bytes) throw damaged(file.path, `has ${found.bytes} bytes instead of ${file.bytes}`)
    if (found.sha256 !== file.sha256) throw damaged(file.path, 'has another content than was put')
  }
}

async function removeLeftovers(aside: string, clock: Clock): Promise<void> {
  for (const name of await readdir(aside)) {
    const facts = await stat(join(aside, name)).catch(absent)
    if (facts !== null && facts.mtimeMs < clock.now() - leftoverAfterMs)
      await rm(join(aside, name), { recursive: true, force: true })
  }
}

/**
 * Artefacts in a folder, of one process or shared by several. One rename makes an artefact stand, or go:
 *
 *   FOLDER/encoder/catalogue-1f0c…/manifest.json      sizes and SHA-256 of …
 *                                  files/…            … these, as they were put
 *   FOLDER/.unfinished/<id>/                          being written or removed; a crash's leftovers go after a day
 */
export async function folderArtifactStore(options: FolderArtifactStoreOptions): Promise<ArtifactStore> {
  const { folder, clock = systemClock } = options
  await mkdir(join(folder, unfinished), { recursive: true })
  await removeLeftovers(join(folder, unfinished), clock)

  const homeOf = (kind: string, name: string) => {
    checkName('kind', kind)
    checkName('name', name)
    return { artifact: `the ${kind} "${name}"`, home: join(folder, kind, name) }
  }
  /** Where something stands already: the same content is fine, and whole again if it was not. */
  async function putAgain(
    artifact: string,
    home: string,
    aside: string,
    files: readonly ArtifactFile[],
  ): Promise<void> {
    const text = await readFile(join(home, manifestName), 'utf8').catch(absent)
    const standing = text === null ? null : readManifest(artifact, text)
    // Two manifests of the same files are the same text: their files are in order. What has none cannot be opened by anyone.
    if (standing !== null && writeManifest(standing) !== writeManifest(files))
      throw artifactsFailure('artifacts.conflict', `${artifact} is there already, with other content`)
    if (await checkFiles(artifact, home).then(() => true, isDamage)) return
    const damaged = join(folder, unfinished, newId())
    await rename(home, damaged).catch(absent)
    await rename(aside, home).catch(isTaken)
    await rm(damaged, { recursive: true, force: true })
  }

  return Object.freeze({
    async put(kind: string, name: string, directory: string) {
      const { artifact, home } = homeOf(kind, name)
      const aside = join(folder, unfinished, newId())
      try {
        await mkdir(join(aside, 'files'), { recursive: true })
        const files = await writeAside(directory, aside)
        await mkdir(dirname(home), { recursive: true })
        // Fails where a folder with content stands, also one that came this moment.
        const isPut = await rename(aside, home).then(() => true, isTaken)
        if (!isPut) await putAgain(artifact, home, aside, files)
        await sync(dirname(home))
        await sync(folder)
      } finally {
        await rm(aside, { recursive: true, force: true })
      }
    },
    async open(kind: string, name: string) {
      const { artifact, home } = homeOf(kind, name)
      if ((await stat(home).catch(absent)) === null)
        throw artifactsFailure('artifacts.not-found', `there is no ${kind} "${name}"`)
      await checkFiles(artifact, home)
      return join(home, 'files')
    },
    async list(kind: string) {
      checkName('kind', kind)
      const entries = await readdir(join(folder, kind)).catch(absent)
      return (entries ?? []).sort()
    },
    async remove(kind: string, name: string) {
      const { home } = homeOf(kind, name)
      const aside = join(folder, unfinished, newId())
      if ((await rename(home, aside).then(() => true, absent)) === null) return
      await sync(dirname(home))
      await rm(aside, { recursive: true, force: true })
    },
  })
}
