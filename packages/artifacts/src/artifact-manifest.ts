import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { artifactsFailure } from './artifacts-failure.ts'

/** Of the stored manifest; grows with every change of it. */
const format = 1

/** A file of an artefact; `path` is relative, with `/` between folders. */
export type ArtifactFile = Readonly<{ path: string; bytes: number; sha256: string }>

// Paths come back from a disk: one that leads out of its directory must not be followed.
const isInside = (path: string) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const manifestSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string().refine(isInside),
        bytes: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
})

export const writeManifest = (files: readonly ArtifactFile[]): string =>
  `${JSON.stringify({ format, files }, null, 2)}\n`

/** null for a text that is no manifest. Throws `artifacts.newer-format`; `artifact` is for the message. */
export function readManifest(artifact: string, text: string): readonly ArtifactFile[] | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const head = z.object({ format: z.int().min(1) }).safeParse(value)
  if (!head.success) return null
  if (head.data.format > format) {
    const message = `${artifact} is of the format ${head.data.format}; this program knows ${format}`
    throw artifactsFailure('artifacts.newer-format', message)
  }
  return manifestSchema.safeParse(value).data?.files ?? null
}

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

/** Size and hash of a file, read as a stream: models are large, and the thread answers others meanwhile. */
export async function measureFile(directory: string, path: string): Promise<ArtifactFile> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(join(directory, path)), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
    }
  })
  return { path, bytes, sha256: hash.digest('hex') }
}
