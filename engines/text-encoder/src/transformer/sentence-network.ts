import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { failure } from '../failures.ts'
import type { TransformerModel } from './transformer-model.ts'

/** Token ids of some texts → one vector of length 1 each, or of zeros where the network answers none. */
export interface SentenceNetwork {
  run(texts: readonly (readonly number[])[]): Promise<readonly Float32Array[]>
  close(): Promise<void>
}

const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  // Constant folding widens 8-bit weights once, at load, instead of at every run.
  graphOptimizationLevel: 'all',
  // With an arena, memory stays at the largest batch ever seen.
  enableCpuMemArena: false,
  // Several threads that spin while they wait halve the throughput of a machine that has other work too.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
  logSeverityLevel: 4,
}

const knownInputs = ['input_ids', 'attention_mask', 'token_type_ids']
/** The sentence's own vector where the graph pools; else one vector for each token. */
const sentenceOutput = 'sentence_embedding'
const tokenOutputs = ['last_hidden_state', 'token_embeddings']

/** Opens the ONNX file. Fails with `text-encoder.bad-model` where it is none, or none that turns token ids into vectors. */
export async function openSentenceNetwork(directory: string, model: TransformerModel): Promise<SentenceNetwork> {
  const details = { folder: directory, file: model.model }
  const bad = (what: string, cause?: unknown) =>
    failure('text-encoder.bad-model', `${model.model} in "${directory}" ${what}`, details, cause)
  const create = InferenceSession.create(join(directory, model.model), sessionOptions)
  const session = await create.catch((cause: unknown) => {
    throw bad(`cannot be opened as an ONNX model: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  })
  const trouble = troubleWith(session, model)
  if (trouble !== null) {
    await session.release()
    throw bad(trouble)
  }
  const output = outputOf(session)?.name ?? sentenceOutput
  return Object.freeze({
    async run(texts: readonly (readonly number[])[]) {
      const answers = await session.run(feedsOf(texts, session.inputNames), [output])
      const { data, dims } = answers[output] as Tensor
      const values = data as Float32Array
      const pooled = output === sentenceOutput ? rowsOf(values, dims) : pool(values, dims, texts, model.pooling)
      return pooled.map(unit)
    },
    close: () => session.release(),
  })
}

function outputOf(session: InferenceSession): { name: string; type: string; rank: number } | undefined {
  for (const wanted of [sentenceOutput, ...tokenOutputs]) {
    const found = session.outputMetadata.find(({ name }) => name === wanted)
    if (found?.isTensor) return { name: wanted, type: found.type, rank: found.shape.length }
  }
  return undefined
}

/** Why the graph is of no use here, as the end of a sentence about its file; null: it is of use. */
function troubleWith(session: InferenceSession, { pooling }: TransformerModel): string | null {
  const { inputNames, inputMetadata, outputNames } = session
  const isOdd = (input: InferenceSession.ValueMetadata) =>
    !knownInputs.includes(input.name) || !input.isTensor || input.type !== 'int64'
  if (inputMetadata.some(isOdd) || !inputNames.includes('input_ids'))
    return `takes ${inputNames.join(', ')}; known are ${knownInputs.join(', ')}, as 64-bit integers`
  const output = outputOf(session)
  if (output === undefined)
    return `has no usable output: it answers ${outputNames.join(', ')}, neither ${sentenceOutput} nor ${tokenOutputs.join(' nor ')}`
  const { name, type, rank } = output
  if (type !== 'float32') return `answers ${name} as ${type}, not as float32`
  const wantedRank = name === sentenceOutput ? 2 : 3
  if (rank !== wantedRank) return `answers ${name} of ${rank} dimensions, not of ${wantedRank}: its width is unknown`
  if (name !== sentenceOutput && pooling === null)
    return `answers ${name}, and 1_Pooling/config.json makes one vector of it in a way that is not known here`
  return null
}

/** Shorter texts are filled with zeros that the mask hides. */
function feedsOf(texts: readonly (readonly number[])[], inputs: readonly string[]): Record<string, Tensor> {
  const width = Math.max(...texts.map((ids) => ids.length))
  const shape = [texts.length, width]
  const ids = new BigInt64Array(texts.length * width)
  const mask = new BigInt64Array(ids.length)
  texts.forEach((text, row) => {
    text.forEach((id, column) => {
      ids[row * width + column] = BigInt(id)
    })
    mask.fill(1n, row * width, row * width + text.length)
  })
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => ids,
    attention_mask: () => mask,
    token_type_ids: () => new BigInt64Array(ids.length),
  }
  return Object.fromEntries(inputs.map((name) => [name, new Tensor('int64', values[name]?.() ?? ids, shape)]))
}

const rowsOf = (values: Float32Array, [rows = 0, width = 0]: readonly number[]): Float32Array[] =>
  Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width))

/** The mean of a text's tokens, or its first one. `values`: texts × tokens × width. */
function pool(
  values: Float32Array,
  [, longest = 0, width = 0]: readonly number[],
  texts: readonly (readonly number[])[],
  pooling: TransformerModel['pooling'],
): Float32Array[] {
  return texts.map((text, row) => {
    const sum = new Float32Array(width)
    const tokens = pooling === 'first' ? 1 : text.length
    for (let token = 0; token < tokens; token++) {
      const start = (row * longest + token) * width
      for (let at = 0; at < width; at++) sum[at] = (sum[at] ?? 0) + (values[start + at] ?? 0)
    }
    return sum
  })
}

/** Scaled to length 1; zeros where that is not possible. */
function unit(vector: Float32Array): Float32Array {
  let squares = 0
  for (const value of vector) squares += value * value
  if (!(squares > 0) || squares === Number.POSITIVE_INFINITY) return vector.fill(0)
  const scale = 1 / Math.sqrt(squares)
  return vector.map((value) => value * scale)
}
