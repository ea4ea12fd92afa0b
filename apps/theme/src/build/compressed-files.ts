import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const worthIt = new Set(['.js', '.css', '.html', '.svg', '.json'])
const smallest = 1_024

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Writes `NAME.gz` and `NAME.br` beside what was built, so that the gateway sends the small form without compressing. */
export const compressedFiles = (): Plugin => ({
  name: 'eip:compressed-files',
  apply: 'build',
  async writeBundle({ dir }) {
    if (dir === undefined) return
    for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !worthIt.has(extname(entry.name))) continue
      const file = join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      if (bytes.byteLength < smallest) continue
      await writeFile(`${file}.gz`, await gzipped(bytes, { level: 9 }))
      await writeFile(
        `${file}.br`,
        await brotlied(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } }),
      )
    }
  },
})
