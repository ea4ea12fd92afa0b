import { resolve } from 'node:path'
import type { EncoderDescription, TextEncoder } from '../text-encoder.ts'
import { readModelFolder } from './model-folder.ts'
import { openTransformerEncoder } from './transformer-encoder.ts'
import type { TransformerModel } from './transformer-model.ts'

/** Opens a model folder as it is, in this thread. Fails with `text-encoder.bad-model`, naming the file. */
export async function openModelFolder(folder: string): Promise<TextEncoder> {
  return openTransformerEncoder(resolve(folder), await readModelFolder(folder))
}

/** What a model folder is. Runs a sentence through it; fails with `text-encoder.bad-model`, naming the file. */
export async function inspectModelFolder(folder: string): Promise<EncoderDescription> {
  return tryModel(folder, await readModelFolder(folder))
}

/** Opens what was read of a folder, and lets go of it. */
export async function tryModel(folder: string, model: TransformerModel): Promise<EncoderDescription> {
  const encoder = await openTransformerEncoder(resolve(folder), model)
  await encoder.close()
  return encoder.description
}
