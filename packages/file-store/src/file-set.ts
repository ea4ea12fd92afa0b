import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '@eip/kernel'
import { type Manifest, manifestName, manifestPath, readManifest, writeManifest } from './file-set-manifest.ts'
import { filesFailure } from './file-store.failure.ts'
import type { FileStore } from './file-store.port.ts'
import { filesOf, measureFile } from './local-file.ts'

/** What one writing of a set holds. */
export type FileSet = Manifest

const leftoverAfterMs = 24 * 3_600_000
const placeOf = (set: string, id: string, path: string) => `${set}/${id}-${storedName(path)}`

/** Models come with any names; a store takes those of its port. What is none of its letters is written `=` and its bytes. */
const storedName = (path: string) =>
  path.replace(/[^A-Za-z0-9._/-]|(?<=\/)[.]/gu, (letter) => `=${Buffer.from(letter).toString('hex')}`)

/**
 * Several files that only make sense together: a model, a part of the lake. The files first, the manifest last:
 *
 *     SET/<id>-<path>      the files of one writing, under names no other writing has
 *     SET/_manifest.json   which writing stands, with size and SHA-256 of each file
 *
 * A reader follows the manifest, so that it sees the old set or the new one. What a crash left without a manifest goes with the
 * next writing, a day later: until then somebody may still be at it.
 */
export async function writeFileSet(
  store: FileStore,
  set: string,
  directory: string,
  how: 'replacing' | 'as-first',
): Promise<Readonly<{ outcome: 'written' | 'taken'; files: FileSet }>> {
  const files = await Promise.all((await filesOf(directory)).files.map((path) => measureFile(directory, path)))
  const manifest: Manifest = { id: newId(), files }
  const before = how === 'replacing' ? await readFileSet(store, set).catch(() => null) : null
  const local = join(dirname(directory), `${manifest.id}.json`)
  try {
    for (const { path } of files) await store.put(placeOf(set, manifest.id, path), join(directory, path))
    await writeFile(local, writeManifest(manifest))
    if (how === 'replacing') await store.put(manifestPath(set), local)
    else if ((await store.create(manifestPath(set), local)) === 'taken') {
      await removeWriting(store, set, manifest)
      return { outcome: 'taken', files: manifest }
    }
  } finally {
    await rm(local, { force: true })
  }
  if (before !== null) await removeWriting(store, set, before)
  await removeLeftovers(store, set, manifest)
  return { outcome: 'written', files: manifest }
}

/** What stands under the name; null where nothing does. Throws `files.damaged` for a manifest that is none. */
export async function readFileSet(store: FileStore, set: string): Promise<FileSet | null> {
  const text = await store.read(manifestPath(set))
  if (text === null) return null
  const manifest = readManifest(set, text)
  if (manifest === null) throw damaged(set, manifestName, 'cannot be read')
  return manifest
}

/**
 * Fetches the set into a local folder, which holds it whole and checked when this resolves. Throws `files.damaged`; a set
 * that is written anew meanwhile is damaged too, and asking again helps.
 */
export async function fetchFileSet(store: FileStore, set: string, wanted: FileSet, folder: string): Promise<void> {
  const own = `${set}/${wanted.id}-`
  const standing = (await store.list(set)).map(({ path }) => path).filter((path) => path.startsWith(own))
  const strange = standing.find((path) => !wanted.files.some((file) => placeOf(set, wanted.id, file.path) === path))
  if (strange !== undefined) throw damaged(set, strange.slice(own.length), 'does not belong to it')
  for (const { path } of wanted.files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    const outcome = await store.fetch(placeOf(set, wanted.id, path), join(folder, path))
    if (outcome === 'absent') throw damaged(set, path, 'is missing')
  }
  await checkFileSet(set, wanted, folder)
}

/** Whether a local folder holds the files of the set and no others. Throws `files.damaged` by the first that is wrong. */
export async function checkFileSet(set: string, wanted: FileSet, folder: string): Promise<void> {
  const { files, foreign } = await filesOf(folder)
  const strange = [...files, ...foreign].find((path) => !wanted.files.some((file) => file.path === path))
  if (strange !== undefined) throw damaged(set, strange, 'does not belong to it')
  for (const file of wanted.files) {
    if (!files.includes(file.path)) throw damaged(set, file.path, 'is missing')
    const { bytes, sha256 } = await measureFile(folder, file.path)
    if (bytes !== file.bytes) throw damaged(set, file.path, `has ${bytes} bytes instead of ${file.bytes}`)
    if (sha256 !== file.sha256) throw damaged(set, file.path, 'has another content than was written')
  }
}

/** The manifest goes first: nobody is led to files that are going. */
export async function removeFileSet(store: FileStore, set: string): Promise<void> {
  const before = await readFileSet(store, set).catch(() => null)
  await store.remove(manifestPath(set))
  if (before !== null) await removeWriting(store, set, before)
}

/** Names of the sets whose manifests stand below a folder, relative to it. */
export async function listFileSets(
  store: FileStore,
  folder: string,
): Promise<readonly Readonly<{ set: string; version: string }>[]> {
  const files = await store.list(folder)
  return files
    .filter(({ path }) => path.endsWith(`/${manifestName}`))
    .map(({ path, version }) => ({ set: path.slice(folder.length + 1, -manifestName.length - 1), version }))
}

async function removeWriting(store: FileStore, set: string, { id, files }: FileSet): Promise<void> {
  for (const { path } of files) await store.remove(placeOf(set, id, path))
}

/** Ids say when they were made: their first 48 bits are milliseconds. */
const madeAt = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

async function removeLeftovers(store: FileStore, set: string, { id }: FileSet): Promise<void> {
  for (const { path } of await store.list(set)) {
    const [, other] = /^([0-9a-f-]{36})-/.exec(path.slice(set.length + 1)) ?? []
    if (other !== undefined && madeAt(other) < madeAt(id) - leftoverAfterMs) await store.remove(path)
  }
}

const damaged = (set: string, file: string, how: string) =>
  filesFailure('files.damaged', `file "${file}" of "${set}" ${how}`, { set, file })
