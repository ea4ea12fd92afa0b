import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A file of a set; `path` is relative, with `/` between folders. */
export type MeasuredFile = Readonly<{ path: string; bytes: number; sha256: string }>

/** Read as a stream: files are large, and the thread answers others meanwhile. */
async function digestOf(file: string, algorithm: 'md5' | 'sha256') {
  const hash = createHash(algorithm)
  let bytes = 0
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
    }
  })
  return { bytes, digest: hash.digest() }
}

export async function measureFile(directory: string, path: string): Promise<MeasuredFile> {
  const { bytes, digest } = await digestOf(join(directory, path), 'sha256')
  return { path, bytes, sha256: digest.toString('hex') }
}

/** As HTTP's Content-MD5 writes it. */
export const md5Of = async (file: string): Promise<string> => (await digestOf(file, 'md5')).digest.toString('base64')

/** What stands in a directory: paths of files in order, and what is neither file nor folder. */
export async function filesOf(directory: string): Promise<Readonly<{ files: string[]; foreign: string[] }>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files: string[] = []
  const foreign: string[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(join(directory, '/').length).replaceAll('\\', '/')
    if (entry.isFile()) files.push(path)
    else if (!entry.isDirectory()) foreign.push(path)
  }
  return { files: files.sort(), foreign: foreign.sort() }
}
