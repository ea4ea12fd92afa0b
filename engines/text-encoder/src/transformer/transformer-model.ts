import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What is left of a text's tokens is the first of them, so many at most: longer texts cost more and tell little more of a product. */
export const mostTokens = 256
/** With fewer there is room for the special ones and a word or two. */
export const fewestTokens = 8
/** Texts that go through the network together at most: more are not faster (DESIGN.md). */
export const textsAtOnce = 8

const filePath = z.string().regex(/^(?![./])(?!.*\/\.)[\w.\-/]+$/, 'is not a path inside the directory')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** All that must be known of a model to run it; with `format`, what `encoder.json` of an artefact holds. */
export const transformerModelSchema = z.object({
  kind: z.literal('transformer'),
  encoder: z.string().regex(/^[a-z0-9.-]{1,80}$/),
  name: z.string().min(1),
  languages: z.array(z.string()).nullable(),
  /** The ONNX file; what it keeps in files beside it is named in `files`. */
  model: filePath,
  /** With the special ones. */
  maximumTokens: z.int().min(fewestTokens),
  /** How the vectors of the tokens become one where the graph does not do it itself; null: in a way that is not known here. */
  pooling: z.enum(['mean', 'first']).nullable(),
  /** 1 where a text's vector would depend on the texts beside it: weights quantised dynamically. */
  textsAtOnce: z.int().min(1).max(64),
  /** Path → SHA-256. */
  files: z.record(filePath, sha256),
})

export type TransformerModel = Readonly<z.infer<typeof transformerModelSchema>>

/** Raised when `productText` or the reading of texts changes: vectors made before are another encoder's then. */
const readingVersion = 1

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'model'

/** `all-minilm-l6-v2-0123456789ab`: the folder's name, and a hash of everything that its vectors depend on. */
export function encoderId(model: Omit<TransformerModel, 'encoder' | 'languages'>): string {
  const { name, files, pooling, maximumTokens } = model
  const paths = Object.keys(files).sort()
  const hash = createHash('sha256').update(
    JSON.stringify([readingVersion, pooling, maximumTokens, ...paths.map((path) => files[path])]),
  )
  return `${slugOf(name)}-${hash.digest('hex').slice(0, 12)}`
}
