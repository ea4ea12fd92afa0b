import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ANALYSIS_VERSION } from '@eip/engine-text-analysis'
import { z } from 'zod'
import { encoderFile } from '../artifact-header.ts'
import { failure } from '../failures.ts'
import { catalogueEncoderLimits as limits } from './catalogue-encoder-limits.ts'
import type { LearnedTerms } from './learned-terms.ts'
import { fieldWeights } from './product-terms.ts'

/** One a line, the most frequent first. */
const termsFile = 'terms.txt'
/** A float32 scale for each term, then terms × dimensions signed bytes; little endian. */
const rowsFile = 'rows.bin'
const format = 1

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

const artifactSchema = z.object({
  format: z.literal(format),
  kind: z.literal('catalogue'),
  name: z.string(),
  dimensions: z.int().min(limits.fewestDimensions).max(limits.mostDimensions),
  /** Languages that its vectors mean something in; null: any. */
  languages: z.null(),
  /** Of the terms: another version reads a text as other terms. */
  analysis: z.string(),
  /** Languages that queries are read in. */
  queryLanguages: z.array(z.string()),
  averageLengths: z.array(z.number().nonnegative()).length(fieldWeights.length),
  corpus: z.object({ products: z.int().positive(), learnedFrom: z.int().positive() }),
  seed: z.int(),
  terms: z.int().nonnegative(),
  /** So many of them, the first, are of two products or more. */
  repeated: z.int().nonnegative(),
  files: z.object({ [termsFile]: sha256Schema, [rowsFile]: sha256Schema }),
})

type Content = z.infer<typeof artifactSchema>
export type CatalogueHeader = Pick<
  Content,
  'name' | 'dimensions' | 'queryLanguages' | 'averageLengths' | 'corpus' | 'seed'
>
export type CatalogueArtifact = Readonly<{ encoder: string; header: CatalogueHeader; learned: LearnedTerms }>

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** Names everything that a vector depends on, the files by their hashes. */
const encoderId = (content: Content) => `catalogue-${sha256(JSON.stringify(content)).slice(0, 12)}`

/** Makes the directory; fails with `text-encoder.directory-not-empty`. */
export function makeArtifactDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true })
  if (readdirSync(directory).length === 0) return
  throw failure('text-encoder.directory-not-empty', `"${directory}" is not empty`, { directory })
}

/** `encoder.json` is written last: without it the directory is no artefact. Answers the encoder's id. */
export function writeCatalogueArtifact(directory: string, header: CatalogueHeader, learned: LearnedTerms): string {
  const { scales, values } = learned
  const terms = learned.terms.join('\n')
  const rows = Buffer.concat([
    Buffer.from(scales.buffer, scales.byteOffset, scales.byteLength),
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ])
  const content = artifactSchema.parse({
    format,
    kind: 'catalogue',
    languages: null,
    analysis: ANALYSIS_VERSION,
    ...header,
    terms: learned.terms.length,
    repeated: learned.repeated,
    files: { [termsFile]: sha256(terms), [rowsFile]: sha256(rows) },
  })
  writeFileSync(join(directory, termsFile), terms)
  writeFileSync(join(directory, rowsFile), rows)
  writeFileSync(join(directory, encoderFile), `${JSON.stringify(content, null, 2)}\n`)
  return encoderId(content)
}

const badFile = (directory: string, file: string) => (what: string, cause?: unknown) =>
  failure('text-encoder.bad-artifact', `${file} in "${directory}" ${what}`, { directory, file }, cause)

/** Reads and checks every file. Fails with `text-encoder.bad-artifact`, naming the one that is missing, damaged or newer. */
export function readCatalogueArtifact(directory: string): CatalogueArtifact {
  const content = readContent(directory)
  const { dimensions, files } = content
  const terms = readChecked(directory, termsFile, files[termsFile]).toString('utf8')
  const rows = readChecked(directory, rowsFile, files[rowsFile])
  const names = terms === '' ? [] : terms.split('\n')
  if (names.length !== content.terms)
    throw badFile(directory, termsFile)(`has ${names.length} terms, not ${content.terms}`)
  const expected = names.length * (4 + dimensions)
  if (rows.length !== expected) throw badFile(directory, rowsFile)(`has ${rows.length} bytes, not ${expected}`)
  // A copy of its own: what Node reads may stand at any offset, floats may not.
  const bytes = Uint8Array.from(rows).buffer
  const learned = {
    terms: names,
    repeated: content.repeated,
    dimensions,
    scales: new Float32Array(bytes, 0, names.length),
    values: new Int8Array(bytes, names.length * 4),
  }
  return { encoder: encoderId(content), header: content, learned }
}

function readContent(directory: string): Content {
  const bad = badFile(directory, encoderFile)
  const parsed = artifactSchema.safeParse(parseJson(readWhole(directory, encoderFile).toString('utf8'), bad))
  if (!parsed.success) throw bad(`is not of this version:\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.analysis === ANALYSIS_VERSION) return parsed.data
  throw bad(`was made with text analysis ${parsed.data.analysis}; this version has ${ANALYSIS_VERSION}`)
}

function parseJson(text: string, bad: (what: string, cause: unknown) => Error): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw bad('is not JSON', cause)
  }
}

function readWhole(directory: string, file: string): Buffer {
  try {
    return readFileSync(join(directory, file))
  } catch (cause) {
    throw badFile(directory, file)('cannot be read', cause)
  }
}

function readChecked(directory: string, file: string, expected: string): Buffer {
  const bytes = readWhole(directory, file)
  if (sha256(bytes) === expected) return bytes
  throw badFile(directory, file)('is damaged: it does not have its checksum')
}
