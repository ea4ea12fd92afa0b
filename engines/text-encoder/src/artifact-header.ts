import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { failure } from './failures.ts'

/** What makes a directory an encoder's artefact: says of which kind, and the SHA-256 of every other file. */
export const encoderFile = 'encoder.json'

const newestFormat = 1
const headerSchema = z.object({ format: z.int().positive(), kind: z.enum(['catalogue', 'transformer']) })

export type ArtifactHeader = Readonly<{ kind: 'catalogue' | 'transformer'; content: unknown }>

/** Reads `encoder.json`; null where the directory has none. Fails with `text-encoder.bad-artifact` where it is damaged or newer. */
export async function readArtifactHeader(directory: string): Promise<ArtifactHeader | null> {
  const bad = (what: string, cause?: unknown) =>
    failure(
      'text-encoder.bad-artifact',
      `${encoderFile} in "${directory}" ${what}`,
      { directory, file: encoderFile },
      cause,
    )
  const text = await readFile(join(directory, encoderFile), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return null
    throw bad('cannot be read', cause)
  })
  if (text === null) return null
  const content = parsed(text, bad)
  const header = headerSchema.safeParse(content)
  if (!header.success) throw bad(`does not say what encoder it is: ${z.prettifyError(header.error)}`)
  const { format, kind } = header.data
  if (format > newestFormat) throw bad(`has format ${format}; this version reads up to ${newestFormat}`)
  return { kind, content }
}

function parsed(text: string, bad: (what: string, cause: unknown) => Error): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw bad('is not JSON', cause)
  }
}
