import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { Face, FaceFile } from '../ports/face.port.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Files of a folder and below, by path with slashes. Links are not followed; what begins with a dot is nobody's business. */
function* filesOf(directory: string): Generator<readonly [string, Buffer]> {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    const place = join(entry.parentPath, entry.name)
    const path = relative(directory, place).split(sep).join('/')
    if (entry.isFile() && !/(^|\/)\./.test(path)) yield [path, readFileSync(place)]
  }
}

/**
 * The files of a built page, read once and held in memory: a few megabytes that never change while they are served.
 * `NAME.br` and `NAME.gz` beside a file are that file compressed. Throws the file system's error where there is no folder.
 */
export function folderFace(directory: string): Face {
  const read = new Map(filesOf(directory))
  const isVariant = (path: string) => /\.(br|gz)$/.test(path) && read.has(path.slice(0, -3))
  const files = new Map<string, FaceFile>()
  for (const [path, bytes] of read) {
    if (isVariant(path)) continue
    files.set(
      path,
      Object.freeze({
        type: types[extname(path).toLowerCase()] ?? 'application/octet-stream',
        tag: hash('sha256', bytes, 'base64url').slice(0, 22),
        bytes,
        brotli: read.get(`${path}.br`) ?? null,
        gzip: read.get(`${path}.gz`) ?? null,
      }),
    )
  }
  return Object.freeze({ file: (path: string) => files.get(path) ?? null })
}
