import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export const repositoryRoot = resolve(import.meta.dirname, '../../..')

export type SharedData = Readonly<{ path: string; isThere: boolean; skipReason: string }>

/** A file of the real data sets that lie beside the repository. Tests that need an absent one are skipped with `skipReason`. */
export function sharedData(file: string): SharedData {
  const path = resolve(repositoryRoot, '../shared/data', file)
  const isThere = existsSync(path)
  return { path, isThere, skipReason: isThere ? '' : `needs ../shared/data/${file}` }
}
