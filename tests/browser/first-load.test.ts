import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildFace, unbuiltFaces } from '../../apps/eip/src/faces.ts'

const dist = join(import.meta.dirname, '../../apps/storefront/dist')
const most = 200_000

/** The scripts that a page begins with, and all that they import before they run: `import()` waits until it is needed. */
function firstScripts(): ReadonlySet<string> {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const begun = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path!)
  const found = new Set<string>()
  const follow = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    const text = readFileSync(join(dist, path), 'utf8')
    for (const [, from] of text.matchAll(/(?:\bimport|\bfrom)\s*["'](\.[^"']+\.js)["']/g))
      follow(posix.join(dirname(path), from!))
  }
  begun.forEach(follow)
  return found
}

describe('the first load of the storefront', () => {
  beforeAll(async () => {
    if (unbuiltFaces().includes('storefront')) expect(await buildFace('storefront')).toBe(true)
  }, 600_000)

  it(`is at most ${most / 1_000} kB of scripts, compressed`, () => {
    const scripts = [...firstScripts()]
    expect(scripts.length).toBeGreaterThan(0)
    const bytes = scripts.map((path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).byteLength)
    const sum = bytes.reduce((total, each) => total + each, 0)
    expect(sum, scripts.map((path, at) => `${path}: ${bytes[at]}`).join('\n')).toBeLessThanOrEqual(most)
  })
})
