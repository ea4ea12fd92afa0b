import { setTimeout as wait } from 'node:timers/promises'
import type { EncoderText, TextEncoder } from '@eip/engine-text-encoder'
import type { Logger } from '@eip/telemetry'

/** An encoder that is opened again when it breaks, and that tells a text that cannot be encoded from an encoder that cannot encode. */
export interface SteadyEncoder {
  /** Resolves when it works; tries for ever, and rejects when the signal says so. */
  ready(signal: AbortSignal): Promise<void>
  /** A vector for each text, in order; null for one that fails by itself. Waits while the encoder is broken. */
  encode(texts: readonly EncoderText[], signal: AbortSignal): Promise<readonly (Float32Array | null)[]>
  /** Why it does not work now, or null. */
  trouble(): string | null
  close(): Promise<void>
}

type Options = Readonly<{
  open: () => Promise<TextEncoder>
  logger: Logger
  /** First wait before it is opened again; it doubles up to a minute. */
  retryDelayMs: number
}>

const longestRetryDelayMs = 60_000

/** Any encoder can read this. */
const probe: EncoderText = Object.freeze({
  ...{ title: 'probe', brand: null, categoryPath: [], attributes: {}, description: '', reviews: [], language: null },
})

async function vectorsOf(encoder: TextEncoder, texts: readonly EncoderText[]): Promise<Float32Array[]> {
  const { dimensions } = encoder.description
  const all = await encoder.encodeProducts(texts)
  if (all.length !== texts.length * dimensions)
    throw new Error(`the encoder answered with ${all.length} numbers for ${texts.length} texts of ${dimensions}`)
  if (!all.every(Number.isFinite)) throw new Error('the encoder answered with numbers that are not finite')
  return texts.map((_, index) => all.subarray(index * dimensions, (index + 1) * dimensions))
}

export function steadyEncoder({ open, logger, retryDelayMs }: Options): SteadyEncoder {
  let encoder: TextEncoder | null = null
  let trouble: string | null = null

  async function leave(): Promise<void> {
    const left = encoder
    encoder = null
    // A broken one may not close well either: what matters is that it is not asked any more.
    await left?.close().catch((error) => logger.debug({ err: error }, 'an encoder did not close well'))
  }
  const works = (opened: TextEncoder) => vectorsOf(opened, [probe])

  async function ready(signal: AbortSignal): Promise<void> {
    for (let delayMs = retryDelayMs; ; delayMs = Math.min(2 * delayMs, longestRetryDelayMs)) {
      signal.throwIfAborted()
      try {
        encoder ??= await open()
        await works(encoder)
        trouble = null
        return
      } catch (error) {
        if (trouble === null) logger.error({ err: error }, 'an encoder does not work')
        trouble = error instanceof Error ? error.message : String(error)
        await leave()
        // The next attempt opens at once what worked until now.
        await wait(delayMs, undefined, { signal })
      }
    }
  }

  async function encodeAll(texts: readonly EncoderText[], signal: AbortSignal): Promise<readonly Float32Array[]> {
    if (encoder === null) await ready(signal)
    return vectorsOf(encoder!, texts)
  }
  /** One that fails twice, with an encoder that works in between, fails by itself. */
  async function encodeAlone(text: EncoderText, signal: AbortSignal): Promise<Float32Array | null> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      const vectors = await encodeAll([text], signal).catch((error: unknown) => {
        signal.throwIfAborted()
        logger.debug({ err: error, attempt }, 'a text was not encoded')
      })
      if (vectors) return vectors[0]!
      await ready(signal)
    }
    return null
  }
  async function encode(texts: readonly EncoderText[], signal: AbortSignal) {
    if (texts.length === 0) return []
    const together = await encodeAll(texts, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      logger.warn({ err: error, texts: texts.length }, 'texts could not be encoded at once: one after the other')
    })
    if (together) return together
    const vectors: (Float32Array | null)[] = []
    for (const text of texts) vectors.push(await encodeAlone(text, signal))
    return vectors
  }

  return Object.freeze({ ready, encode, trouble: () => trouble, close: leave })
}
