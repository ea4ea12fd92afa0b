import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Faces } from '@eip/service-gateway'
import { folderFace } from '@eip/service-gateway/folder'
import { environmentOfBuild } from './environment.ts'

const names = ['storefront', 'admin'] as const
type FaceName = (typeof names)[number]

const apps = join(import.meta.dirname, '..', '..')
const built = (name: FaceName): string => join(apps, name, 'dist')
const page = (name: FaceName): string => join(built(name), 'index.html')

/** The faces as they are built; null for one that is not. */
export function builtFaces(): Faces {
  const face = (name: FaceName) => (existsSync(page(name)) ? folderFace(built(name)) : null)
  return { storefront: face('storefront'), admin: face('admin') }
}

/** The faces that were never built, or whose sources are younger than what was built. */
export const unbuiltFaces = (): readonly FaceName[] =>
  names.filter((name) => {
    const at = modified(page(name))
    return at === 0 || [join(apps, name), join(apps, 'theme')].some((folder) => newestSource(folder) > at)
  })

/**
 * Builds a face into its `dist`. It is made aside and takes its place when complete: whoever starts at the same time sees
 * the one before, or none. Answers false where it cannot be built; the API runs all the same.
 */
export async function buildFace(name: FaceName): Promise<boolean> {
  const folder = join(apps, name)
  const aside = mkdtempSync(join(folder, '.build-'))
  const output = join(aside, 'dist')
  try {
    const vite = join(
      dirname(createRequire(join(folder, 'package.json')).resolve('vite/package.json')),
      'bin',
      'vite.js',
    )
    const child = spawn(process.execPath, [vite, 'build', '--outDir', output, '--logLevel', 'warn'], {
      cwd: folder,
      env: environmentOfBuild(),
      stdio: ['ignore', 2, 2],
    })
    const [status] = (await once(child, 'exit')) as [number | null]
    if (status !== 0) return false
    if (existsSync(built(name))) renameSync(built(name), join(aside, 'before'))
    renameSync(output, built(name))
    return true
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

const modified = (file: string): number => (existsSync(file) ? statSync(file).mtimeMs : 0)

/** When the youngest of the files was changed that a face is built from. */
const newestSource = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        !/(^|\/)(dist|node_modules|\.build-[^/]*)(\/|$)/.test(join(entry.parentPath, entry.name).slice(folder.length)),
    )
    .reduce((newest, entry) => Math.max(newest, modified(join(entry.parentPath, entry.name))), 0)
