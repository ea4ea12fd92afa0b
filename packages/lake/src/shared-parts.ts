import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileStore, fetchFileSet, listFileSets, readFileSet, writeFileSet } from '@eip/file-store'
import { isFailure } from '@eip/kernel'
import { lakeFailure } from './lake-failure.ts'
import { partFolders, type Staging } from './staging.ts'

export type StandingPart = Readonly<{ place: string; files: number; bytes: number }>

/**
 * The lake's parts on a store that several processes share; the lake's folder is then a local copy of what was asked for.
 *
 *     write:  staging ─▶ store (files, then manifest) ─▶ local copy on the next query
 *     query:  store's manifests ─▶ parts that are new or written anew ─▶ staging ─▶ checked ─▶ one rename into the folder
 */
export type SharedParts = Readonly<{
  /** Makes a finished folder the part that stands at its place, for all processes. */
  publish(made: string, place: string): Promise<void>
  /** Brings the local copy of a dataset, or of one of its parts, to what stands in the store. */
  bring(dataset: string, part: string): Promise<void>
  list(dataset: string): Promise<readonly StandingPart[]>
}>

/** In a local part: which version of the store's manifest it was fetched by. Not a Parquet file, so that no query reads it. */
const versionFile = '.version'
const storePlace = (place: string) => `lake/${place.replaceAll('\\', '/')}`

export function sharedParts(store: FileStore, root: string, staging: Staging): SharedParts {
  let bringing: Promise<void> = Promise.resolve()

  async function standingOf(dataset: string) {
    const sets = await listFileSets(store, `lake/${dataset}`)
    return sets
      .filter(({ set }) => /^recorded_on=[^/]+\/part=[^/]+$/.test(set))
      .map(({ set, version }) => ({ place: join(dataset, set), version }))
  }
  async function fetchPart(place: string, version: string): Promise<void> {
    for (let before: string | undefined; ; ) {
      const standing = await readFileSet(store, storePlace(place))
      if (standing === null) return
      const made = await staging.create()
      try {
        await fetchFileSet(store, storePlace(place), standing, made)
        await writeFile(join(made, versionFile), version)
        return await staging.publish(made, place)
      } catch (error) {
        await rm(made, { recursive: true, force: true })
        // Written anew while it was fetched: ask again. What stands and is damaged, is damaged.
        if (!isFailure(error) || error.code !== 'files.damaged' || before === standing.id) throw asLake(error, place)
        before = standing.id
      }
    }
  }
  async function bringNow(dataset: string, part: string): Promise<void> {
    const isWanted = (place: string) => part === '*' || place.endsWith(`part=${part}`)
    const standing = (await standingOf(dataset)).filter(({ place }) => isWanted(place))
    for (const { place, version } of standing) {
      const has = await readFile(join(root, place, versionFile), 'utf8').catch(() => null)
      if (has !== version) await fetchPart(place, version)
    }
    for (const place of (await partFolders(root, dataset)).filter(isWanted))
      if (!standing.some((each) => each.place === place)) await rm(join(root, place), { recursive: true, force: true })
  }

  return Object.freeze({
    async publish(made: string, place: string) {
      await writeFileSet(store, storePlace(place), made, 'replacing')
      await rm(made, { recursive: true, force: true })
    },
    // One after the other: two queries at once fetch a part once.
    bring: (dataset: string, part: string) => {
      const turn = bringing.then(() => bringNow(dataset, part))
      bringing = turn.catch(() => {})
      return turn
    },
    async list(dataset: string) {
      const found: StandingPart[] = []
      for (const { place } of await standingOf(dataset)) {
        const files = (await readFileSet(store, storePlace(place)))?.files
        if (files) found.push({ place, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) })
      }
      return found
    },
  })
}

const asLake = (error: unknown, place: string): unknown =>
  isFailure(error) && error.code === 'files.damaged'
    ? lakeFailure('lake.part-damaged', `the part "${place}" of the lake is damaged: ${error.message}`, { place }, error)
    : error
