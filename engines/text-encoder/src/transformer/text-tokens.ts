import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { failure } from '../failures.ts'
import { tokenizerConfigFile, tokenizerFile } from './model-folder.ts'
import type { TransformerModel } from './transformer-model.ts'

/** Texts longer than so many characters for each token are cut before they are read: reading costs 1 µs a character. */
const charactersPerToken = 16

/** The token ids of a text, special ones included; none where the text holds nothing that the model knows. */
export type TextTokens = (text: string) => readonly number[]

const object = z.looseObject({})
const withUnknown = z.looseObject({
  model: z.looseObject({ unk_token: z.string().nullish(), unk_id: z.number().nullish() }),
})

async function readJson(path: string) {
  return object.parse(JSON.parse(await readFile(path, 'utf8')))
}

/**
 * Reads texts as the model's tokenizer says, and cuts them to the model's length. The tokenizer itself does not cut; cutting
 * its answer would lose the special tokens at the end (`[SEP]`), which the model has never been without.
 */
export async function openTextTokens(directory: string, model: TransformerModel): Promise<TextTokens> {
  try {
    const rules = await readJson(join(directory, tokenizerFile))
    const hasConfig = tokenizerConfigFile in model.files
    const config = hasConfig ? await readJson(join(directory, tokenizerConfigFile)) : {}
    return textTokens(new Tokenizer(rules, config), withUnknown.parse(rules).model, model.maximumTokens)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `${tokenizerFile} in "${directory}" is not a tokenizer: ${reason}`
    throw failure('text-encoder.bad-model', message, { folder: directory, file: tokenizerFile }, cause)
  }
}

function textTokens(
  tokenizer: Tokenizer,
  unknown: Readonly<{ unk_token?: string | null | undefined; unk_id?: number | null | undefined }>,
  maximumTokens: number,
): TextTokens {
  const unknownToken = unknown.unk_token
  const unknownId =
    unknown.unk_id ?? (typeof unknownToken === 'string' ? tokenizer.token_to_id(unknownToken) : undefined)
  const { before, after } = specialTokens(tokenizer)
  const room = maximumTokens - before.length - after.length
  return (text) => {
    const read = text.slice(0, maximumTokens * charactersPerToken)
    const inner = bareIds(tokenizer, read).slice(0, room)
    if (inner.every((id) => id === unknownId)) return []
    return [...before, ...inner, ...after]
  }
}

const bareIds = (tokenizer: Tokenizer, text: string): readonly number[] =>
  tokenizer.encode(text, { add_special_tokens: false }).ids

/** The special tokens that the tokenizer puts before and after a text. */
function specialTokens(tokenizer: Tokenizer): { before: readonly number[]; after: readonly number[] } {
  const bare = bareIds(tokenizer, 'a')
  const whole: readonly number[] = tokenizer.encode('a').ids
  const isAt = (start: number) => bare.every((id, at) => whole[start + at] === id)
  const start = whole.findIndex((_, at) => isAt(at))
  if (bare.length === 0 || start < 0) throw new Error('its special tokens cannot be told from those of a text')
  return { before: whole.slice(0, start), after: whole.slice(start + bare.length) }
}
