import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { failure } from '../failures.ts'
import { hashFile } from './file-hash.ts'
import { languagesOfCard } from './model-card.ts'
import { encoderId, fewestTokens, mostTokens, type TransformerModel, textsAtOnce } from './transformer-model.ts'

export const tokenizerFile = 'tokenizer.json'
export const tokenizerConfigFile = 'tokenizer_config.json'
const configFile = 'config.json'
const sentenceConfigFile = 'sentence_bert_config.json'
const poolingFile = '1_Pooling/config.json'
const cardFile = 'README.md'

/** The first that is there is taken: weights of 8 bits that are widened at load (small, exact), full ones, quantised ones. */
const modelFiles = [
  'onnx/model_w8.onnx',
  'onnx/model.onnx',
  'model.onnx',
  'onnx/model_quantized.onnx',
  'onnx/model_int8.onnx',
  'onnx/model_uint8.onnx',
]
/** How the names of operators begin that scale activations by the largest of the whole batch: with one, texts go one at a time. */
const dynamicQuantisation = 'DynamicQuantize'

const limits = z.object({
  model_max_length: z.number().nullish(),
  max_position_embeddings: z.number().nullish(),
  max_seq_length: z.number().nullish(),
})
const poolingModes = z.record(z.string(), z.unknown())

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )

/** Null where there is no such file. */
async function readJson<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  if (!(await isFile(join(folder, file)))) return null
  try {
    return schema.parse(JSON.parse(await readFile(join(folder, file), 'utf8')))
  } catch (cause) {
    throw failure(
      'text-encoder.bad-model',
      `${file} in model folder "${folder}" cannot be read`,
      { folder, file },
      cause,
    )
  }
}

async function present(folder: string, file: string): Promise<void> {
  if (await isFile(join(folder, file))) return
  throw failure('text-encoder.bad-model', `model folder "${folder}" has no ${file}`, { folder, file })
}

async function modelFileOf(folder: string): Promise<string> {
  for (const file of modelFiles) if (await isFile(join(folder, file))) return file
  const message = `model folder "${folder}" has no ONNX file: none of ${modelFiles.join(', ')}`
  throw failure('text-encoder.bad-model', message, { folder, file: modelFiles })
}

/** Large models keep their weights in files beside the graph: `model.onnx_data`, `model.onnx.data`. */
async function weightsBeside(folder: string, model: string): Promise<string[]> {
  const names = await readdir(join(folder, dirname(model)))
  const isWeights = (name: string) => /^[._]data/.test(name.slice(basename(model).length))
  return names
    .filter((name) => name.startsWith(basename(model)) && isWeights(name))
    .map((name) => join(dirname(model), name))
}

async function maximumTokensOf(folder: string): Promise<number> {
  let most = mostTokens
  for (const file of [tokenizerConfigFile, configFile, sentenceConfigFile]) {
    const known = await readJson(folder, file, limits)
    // A RoBERTa's positions begin at 2: two fewer tokens than positions are right for every model.
    const positions = known?.max_position_embeddings ?? Number.POSITIVE_INFINITY
    most = Math.floor(Math.min(most, positions - 2, known?.model_max_length ?? most, known?.max_seq_length ?? most))
    if (most >= fewestTokens) continue
    const message = `${file} in model folder "${folder}" leaves a text ${most} tokens; it takes ${fewestTokens} at least`
    throw failure('text-encoder.bad-model', message, { folder, file })
  }
  return most
}

async function poolingOf(folder: string): Promise<TransformerModel['pooling']> {
  const modes = await readJson(folder, poolingFile, poolingModes)
  if (modes === null) return 'mean'
  const chosen = Object.keys(modes).filter((mode) => mode.startsWith('pooling_mode_') && modes[mode] === true)
  if (chosen.length !== 1) return null
  if (chosen[0] === 'pooling_mode_mean_tokens') return 'mean'
  return chosen[0] === 'pooling_mode_cls_token' ? 'first' : null
}

/**
 * Reads what a model folder (Hugging Face layout) says of itself; the network is not opened yet. Linear in the files' sizes.
 * `languages` count where the model card names none. Fails with `text-encoder.bad-model`, naming the file.
 */
export async function readModelFolder(
  given: string,
  languages: readonly string[] | null = null,
): Promise<TransformerModel> {
  const folder = resolve(given)
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (!isFolder) throw failure('text-encoder.bad-model', `there is no model folder "${folder}"`, { folder })
  await present(folder, tokenizerFile)
  await present(folder, configFile)
  const model = await modelFileOf(folder)
  const needed = [tokenizerFile, model, ...(await weightsBeside(folder, model))]
  if (await isFile(join(folder, tokenizerConfigFile))) needed.push(tokenizerConfigFile)
  const hashed = await Promise.all(needed.map((file) => hashFile(join(folder, file), dynamicQuantisation)))
  const card = await readFile(join(folder, cardFile), 'utf8').catch(() => '')
  const found = {
    kind: 'transformer',
    name: basename(folder) || 'model',
    model,
    maximumTokens: await maximumTokensOf(folder),
    pooling: await poolingOf(folder),
    textsAtOnce: hashed[1]?.hasMark ? 1 : textsAtOnce,
    files: Object.fromEntries(needed.map((file, at) => [file, hashed[at]?.sha256 ?? ''])),
  } as const
  const spoken = languagesOfCard(card) ?? languages
  return { ...found, encoder: encoderId(found), languages: spoken === null ? null : [...spoken] }
}
