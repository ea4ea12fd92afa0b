import { z } from 'zod'
import { filesFailure } from './file-store.failure.ts'
import type { MeasuredFile } from './local-file.ts'

/** Of the stored manifest; grows with every change of it. */
const format = 1

// Warehouses that read the folder leave out what begins with an underscore.
export const manifestName = '_manifest.json'
export const manifestPath = (set: string) => `${set}/${manifestName}`

/** One writing of a set, and its files in order. */
export type Manifest = Readonly<{ id: string; files: readonly MeasuredFile[] }>

// Paths come back from a store: one that leads out of its directory must not be followed.
const isInside = (path: string) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const manifestSchema = z.object({
  id: z.uuid(),
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

export const writeManifest = ({ id, files }: Manifest): string => `${JSON.stringify({ format, id, files }, null, 2)}\n`

/** null for a text that is no manifest. Throws `files.newer-format`; `set` is for the message. */
export function readManifest(set: string, text: string): Manifest | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const head = z.object({ format: z.int().min(1) }).safeParse(value)
  if (!head.success) return null
  if (head.data.format > format) {
    const message = `"${set}" is of the format ${head.data.format}; this program knows ${format}`
    throw filesFailure('files.newer-format', message)
  }
  return manifestSchema.safeParse(value).data ?? null
}
