import type { MeasuredFile } from '@eip/file-store'
import { z } from 'zod'
import { artifactsFailure } from './artifacts-failure.ts'

/** Of the stored manifest; grows with every change of it. */
const format = 1

export type ArtifactFile = MeasuredFile

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
