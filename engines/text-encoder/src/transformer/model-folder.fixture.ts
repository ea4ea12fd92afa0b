import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { seededRandom } from '@eip/kernel'
import type { EncoderText } from '../text-encoder.ts'
import { type OnnxGraph, onnxFile } from './onnx-file.fixture.ts'

const realPath = resolve(import.meta.dirname, '../../../../../shared/models/all-MiniLM-L6-v2')

/** The real model, where it lies beside the repository. */
export const realModel = Object.freeze({
  path: realPath,
  isThere: existsSync(realPath),
  skipReason: existsSync(realPath) ? '' : ' (skipped: needs ../shared/models/all-MiniLM-L6-v2)',
})

export const copyOfRealModel = (directory: string): string => {
  const copy = join(directory, 'all-MiniLM-L6-v2')
  cpSync(realPath, copy, { recursive: true })
  return copy
}

const words = ['red', 'blue', 'shoe', 'boot', 'lamp', 'light', 'desk', 'chair', 'a', 'b', '.']
const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...words]
export const smallWidth = 16

const special = (id: '[CLS]' | '[SEP]') => ({ SpecialToken: { id, type_id: 0 } })
const smallTokenizer = {
  version: '1.0',
  added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({ id, content, special: true })),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
    pair: [],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
  },
}

const tokens = ['texts', 'tokens']
const vectors = ['texts', 'tokens', smallWidth]
export const smallInputs = {
  ids: { name: 'input_ids', type: 'int64', shape: tokens },
  mask: { name: 'attention_mask', type: 'int64', shape: tokens },
  types: { name: 'token_type_ids', type: 'int64', shape: tokens },
} as const

function table(rows: number, seed: number) {
  const random = seededRandom(seed)
  return {
    shape: [rows, smallWidth],
    values: Float32Array.from({ length: rows * smallWidth }, () => random.next() - 0.5),
  }
}

/** A token's vector is its row of a table: no network at all, and all that reading, cutting and pooling need. */
export const lookUpGraph = (output = 'last_hidden_state'): OnnxGraph => ({
  inputs: [smallInputs.ids, smallInputs.mask],
  outputs: [{ name: output, type: 'float32', shape: vectors }],
  nodes: [{ operator: 'Gather', inputs: ['table', 'input_ids'], outputs: [output] }],
  constants: { table: table(vocabulary.length, 1) },
})

/** Rounds the vectors to 8 bits by the largest of the whole batch, as dynamically quantised networks do. */
export const quantisedGraph = (): OnnxGraph => ({
  ...lookUpGraph(),
  nodes: [
    { operator: 'Gather', inputs: ['table', 'input_ids'], outputs: ['exact'] },
    { operator: 'DynamicQuantizeLinear', inputs: ['exact'], outputs: ['rounded', 'scale', 'zero'] },
    { operator: 'DequantizeLinear', inputs: ['rounded', 'scale', 'zero'], outputs: ['last_hidden_state'] },
  ],
})

/** Has a vector of the whole sentence too: of each coordinate the largest of the tokens, which no pooling of ours does. */
export const sentenceGraph = (): OnnxGraph => {
  const { nodes, outputs, ...rest } = lookUpGraph()
  const largest = {
    operator: 'ReduceMax',
    inputs: ['last_hidden_state'],
    outputs: ['sentence_embedding'],
    attributes: { axes: [1], keepdims: 0 },
  }
  const sentence = { name: 'sentence_embedding', type: 'float32', shape: ['texts', smallWidth] } as const
  return { ...rest, nodes: [...nodes, largest], outputs: [...outputs, sentence] }
}

/** Writes a complete model folder of a few kilobytes. `files`: path → JSON value, bytes or text, instead of or beside its own. */
export function smallModel(directory: string, files: Readonly<Record<string, unknown>> = {}): string {
  const folder = join(directory, 'Small Model')
  const all: Record<string, unknown> = {
    'config.json': { max_position_embeddings: 34 },
    'tokenizer.json': smallTokenizer,
    'onnx/model.onnx': onnxFile(lookUpGraph()),
    ...files,
  }
  for (const [file, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    const isPlain = content instanceof Uint8Array || typeof content === 'string'
    writeFileSync(join(folder, file), isPlain ? content : JSON.stringify(content))
  }
  return folder
}

export const product = (title: string, description = ''): EncoderText => ({
  title,
  brand: null,
  categoryPath: [],
  attributes: {},
  description,
  reviews: [],
  language: null,
})

/** Row `at` of vectors that are `width` long. */
export const row = (of: Float32Array, at: number, width = smallWidth): Float32Array =>
  of.subarray(at * width, (at + 1) * width)

export const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
