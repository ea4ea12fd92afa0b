import { cp, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { encoderFile } from '../artifact-header.ts'
import { failure } from '../failures.ts'
import type { EncoderDescription, TextEncoder } from '../text-encoder.ts'
import { hashFile } from './file-hash.ts'
import { readModelFolder, tokenizerFile } from './model-folder.ts'
import { tryModel } from './model-folder-encoder.ts'
import { openTransformerEncoder } from './transformer-encoder.ts'
import { type TransformerModel, transformerModelSchema } from './transformer-model.ts'

const transformerFormat = 1

const artifactSchema = transformerModelSchema.extend({
  format: z.literal(transformerFormat),
  dimensions: z.int().positive(),
})
/** The licence binds whoever passes the weights on; the card says what they are good for. */
const isBeside = (name: string) => /^(README|MODEL_CARD|LICEN[CS]E|NOTICE|COPYING)/i.test(name)

/**
 * Copies into `directory` what is needed of a model folder, with its licence and card, and `encoder.json`. Opens the model and
 * runs a sentence first. The directory is new or empty; it stands whole or not at all.
 * `name`: for people, else the folder's. `languages` count where the model card names none.
 */
export async function packModelFolder(
  folder: string,
  directory: string,
  options: { name?: string; languages?: readonly string[] | null } = {},
): Promise<EncoderDescription> {
  const model = await readModelFolder(folder, options.languages ?? null)
  const description = { ...(await tryModel(folder, model)), name: options.name || model.name }
  const target = resolve(directory)
  const aside = `${target}.partial`
  await freeUp(target)
  await rm(aside, { recursive: true, force: true })
  try {
    await copyFiles(folder, aside, [...Object.keys(model.files), ...(await readdir(folder)).filter(isBeside)])
    const { name, dimensions } = description
    const content: z.infer<typeof artifactSchema> = { format: transformerFormat, ...model, name, dimensions }
    await writeFile(join(aside, encoderFile), `${JSON.stringify(content, null, 2)}\n`)
    // What was copied is what was tried: the folder may have changed meanwhile.
    await checkFiles(aside, model)
    await rename(aside, target)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
  return Object.freeze(description)
}

async function freeUp(directory: string): Promise<void> {
  await mkdir(dirname(directory), { recursive: true })
  await rmdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOTDIR') throw error
    throw failure('text-encoder.directory-not-empty', `"${directory}" is not empty`, { directory }, error)
  })
}

async function copyFiles(from: string, to: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true })
    // A download cache holds links where a folder of a model should hold files.
    await cp(join(from, file), join(to, file), { dereference: true, recursive: true })
  }
}

/**
 * Opens an artefact in this thread; `content`: its `encoder.json`, parsed. Fails with `text-encoder.bad-artifact` where a
 * file is damaged or missing, naming it. Reads every file once for its checksum.
 */
export async function openTransformerArtifact(directory: string, content: unknown): Promise<TextEncoder> {
  const bad = (what: string, cause?: unknown) =>
    failure(
      'text-encoder.bad-artifact',
      `${encoderFile} in "${directory}" ${what}`,
      { directory, file: encoderFile },
      cause,
    )
  const parsed = artifactSchema.safeParse(content)
  if (!parsed.success) throw bad(`is not of this format:\n${z.prettifyError(parsed.error)}`)
  const { dimensions, files, model } = parsed.data
  if (!(model in files) || !(tokenizerFile in files)) throw bad(`names no checksum of ${model} or ${tokenizerFile}`)
  await checkFiles(directory, parsed.data)
  const encoder = await openTransformerEncoder(directory, parsed.data)
  if (encoder.description.dimensions === dimensions) return encoder
  await encoder.close()
  throw bad(`says ${dimensions} dimensions, its model has ${encoder.description.dimensions}`)
}

async function checkFiles(directory: string, { files }: Pick<TransformerModel, 'files'>): Promise<void> {
  for (const [file, expected] of Object.entries(files)) {
    const bad = (what: string, cause?: unknown) =>
      failure('text-encoder.bad-artifact', `${file} in "${directory}" ${what}`, { directory, file }, cause)
    const { sha256 } = await hashFile(join(directory, file)).catch((cause: unknown) => {
      throw bad('cannot be read', cause)
    })
    if (sha256 !== expected) throw bad('is damaged: it does not have its checksum')
  }
}
