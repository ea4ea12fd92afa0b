import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  checkFileSet,
  type FileSet,
  type FileStore,
  fetchFileSet,
  listFileSets,
  readFileSet,
  removeFileSet,
  writeFileSet,
} from '@eip/file-store'
import { type Failure, isFailure, newId } from '@eip/kernel'
import { contentOf } from '../artifact-content.ts'
import { checkName } from '../artifact-name.ts'
import type { ArtifactStore } from '../artifact-store.port.ts'
import { artifactsFailure } from '../artifacts-failure.ts'

export type S3ArtifactStoreOptions = Readonly<{
  /** The bucket, as `s3FileStore` opens it. */
  files: FileStore
  /** A local folder that this process has to itself. */
  cache: string
}>

const isFilesFailure = (error: unknown, code: string): error is Failure => isFailure(error) && error.code === code
const isDamage = (error: unknown): boolean => isFilesFailure(error, 'files.damaged')
const ifDamaged = (error: unknown): false => {
  if (isDamage(error)) return false
  throw error
}
const sameFiles = (one: FileSet, other: FileSet) => JSON.stringify(one.files) === JSON.stringify(other.files)

/**
 * Artefacts in a bucket, each a set of files (`@eip/file-store`); the first to write a name's manifest has it. What is opened is
 * fetched once to a local folder, and its files are checked there at every opening; a copy that is torn is fetched anew.
 *
 *     artifacts/encoder/catalogue-1f0c…/_manifest.json     in the bucket: which writing stands, with sizes and SHA-256 of …
 *                                       <id>-…             … these
 *     CACHE/encoder/catalogue-1f0c…/<id>/…                 here: the files under their own names
 *     CACHE/.unfinished/<id>/                              being fetched or put
 */
export async function s3ArtifactStore({ files, cache }: S3ArtifactStoreOptions): Promise<ArtifactStore> {
  const unfinished = join(cache, '.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })

  async function aside<Answer>(work: (folder: string) => Promise<Answer>): Promise<Answer> {
    const folder = join(unfinished, newId())
    await mkdir(folder)
    try {
      return await work(join(folder, 'files'))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  const placeOf = (kind: string, name: string) => {
    checkName('kind', kind)
    checkName('name', name)
    return { set: `artifacts/${kind}/${name}`, local: join(cache, kind, name), artifact: `the ${kind} "${name}"` }
  }

  /** Where something stands already: the same content is fine, and whole again if it was not. */
  async function putAgain(artifact: string, set: string, copy: string, put: FileSet): Promise<void> {
    const standing = await readFileSet(files, set).catch((error) => ifDamaged(error) || null)
    if (standing !== null && !sameFiles(standing, put))
      throw artifactsFailure('artifacts.conflict', `${artifact} is there already, with other content`)
    const isWhole =
      standing !== null &&
      (await aside((folder) => fetchFileSet(files, set, standing, folder).then(() => true, ifDamaged)))
    if (!isWhole) await writeFileSet(files, set, copy, 'replacing')
  }

  /** The local folder of what stands; fetched if there is none, or another than was written. */
  async function fetched(set: string, local: string, standing: FileSet): Promise<string> {
    const home = join(local, standing.id)
    if (await checkFileSet(set, standing, home).then(() => true, isAbsentOrDamaged)) return home
    await aside(async (folder) => {
      await fetchFileSet(files, set, standing, folder)
      await mkdir(dirname(home), { recursive: true })
      // Fails where a folder stands: a torn one goes aside, and one that was just fetched is as good.
      if (await rename(folder, home).then(() => true, isTaken)) return
      if (await checkFileSet(set, standing, home).then(() => true, isAbsentOrDamaged)) return
      await rename(home, `${folder}-torn`)
      await rename(folder, home)
    })
    return home
  }

  return Object.freeze({
    put: named(async (kind: string, name: string, directory: string) => {
      const { set, artifact } = placeOf(kind, name)
      await contentOf(directory)
      await aside(async (copy) => {
        // Of a copy: what is measured is what is sent, whatever happens to the caller's directory.
        await cp(directory, copy, { recursive: true })
        await contentOf(copy)
        const { outcome, files: put } = await writeFileSet(files, set, copy, 'as-first')
        if (outcome === 'taken') await putAgain(artifact, set, copy, put)
      })
    }),
    open: named(async (kind: string, name: string) => {
      const { set, local } = placeOf(kind, name)
      for (let before: FileSet | null = null; ; ) {
        const standing = await readFileSet(files, set)
        if (standing === null) {
          await rm(local, { recursive: true, force: true })
          throw artifactsFailure('artifacts.not-found', `there is no ${kind} "${name}"`)
        }
        try {
          return await fetched(set, local, standing)
        } catch (error) {
          // What was written anew while it was fetched is asked for again; what stands and is damaged, is damaged.
          if (!isDamage(error) || before?.id === standing.id) throw error
          before = standing
        }
      }
    }),
    list: named(async (kind: string) => {
      checkName('kind', kind)
      const sets = await listFileSets(files, `artifacts/${kind}`)
      return sets.map(({ set }) => set).filter((set) => !set.includes('/'))
    }),
    remove: named(async (kind: string, name: string) => {
      const { set, local } = placeOf(kind, name)
      await removeFileSet(files, set)
      await rm(local, { recursive: true, force: true })
    }),
  })
}

const isAbsentOrDamaged = (error: unknown): false =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' ? false : ifDamaged(error)

const isTaken = (error: unknown): false => {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')) return false
  throw error
}

/** What is wrong with a set of files, in the words of this port; what is wrong with the store keeps its own. */
const named =
  <Arguments extends readonly string[], Answer>(ask: (...args: Arguments) => Promise<Answer>) =>
  async (...args: Arguments): Promise<Answer> => {
    try {
      return await ask(...args)
    } catch (error) {
      if (isFilesFailure(error, 'files.damaged'))
        throw artifactsFailure('artifacts.damaged', error.message, { file: error.details.file }, error)
      if (isFilesFailure(error, 'files.newer-format'))
        throw artifactsFailure('artifacts.newer-format', error.message, {}, error)
      throw error
    }
  }
