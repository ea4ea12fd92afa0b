import { type Latency, latencyOf } from '@eip/testkit'
import type { EncoderText, TextEncoder } from './text-encoder.ts'
import { openEncoderThread } from './thread/encoder-thread.ts'

export type TextEncoderBenchInput = Readonly<{
  /** An artefact or a model folder. */
  directory: string
  texts: readonly EncoderText[]
  queries: readonly string[]
}>

/** Calls, and what is done of them in a second; `rss_mb`: memory of the whole process afterwards. */
export type EncoderCase = Latency & Readonly<{ rss_mb: number }>

const productsACall = 64
/** How often this thread looks at the clock to see that it was not held up. */
const tickMs = 1

const withMemory = (latency: Latency): EncoderCase => ({
  ...latency,
  rss_mb: Math.round(process.memoryUsage.rss() / 1_048_576),
})

/**
 * Opens the encoder in a thread and times there, from this thread: opening it; queries one after another; products in calls of 64
 * (`per_second`: products); queries one after another while products are encoded; and, meanwhile, how late a timer of one
 * millisecond fires in this thread, which others would be served by.
 */
export async function benchTextEncoder(input: TextEncoderBenchInput): Promise<Record<string, EncoderCase>> {
  const started = performance.now()
  const encoder = await openEncoderThread(input.directory)
  try {
    const open = withMemory(latencyOf([performance.now() - started]))
    await queryTimes(encoder, input.queries.slice(0, 20))
    const alone = withMemory(latencyOf(await queryTimes(encoder, input.queries)))
    const products = withMemory(latencyOf(await productTimes(encoder, input.texts), input.texts.length))
    const both = await together(encoder, input)
    return { open, queries: alone, products, ...both }
  } finally {
    await encoder.close()
  }
}

async function queryTimes(encoder: TextEncoder, queries: Iterable<string>): Promise<number[]> {
  const times: number[] = []
  for (const query of queries) {
    const start = performance.now()
    await encoder.encodeQueries([query])
    times.push(performance.now() - start)
  }
  return times
}

async function productTimes(encoder: TextEncoder, texts: readonly EncoderText[]): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < texts.length; at += productsACall) {
    const start = performance.now()
    await encoder.encodeProducts(texts.slice(at, at + productsACall))
    times.push(performance.now() - start)
  }
  return times
}

async function together(encoder: TextEncoder, { texts, queries }: TextEncoderBenchInput) {
  let isEncoding = true
  const catalogue = productTimes(encoder, texts).finally(() => {
    isEncoding = false
  })
  function* whileEncoding() {
    while (isEncoding) yield* queries.slice(0, 50)
  }
  const late = lateness()
  const times = await queryTimes(encoder, whileEncoding())
  await catalogue
  return {
    'queries while products are encoded': withMemory(latencyOf(times)),
    'delay of this thread while products are encoded': withMemory(latencyOf(late.stop())),
  }
}

/** How many milliseconds too late a timer fires, again and again until it is stopped. */
function lateness(): { stop(): number[] } {
  const times: number[] = []
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    times.push(Math.max(0, now - last - tickMs))
    last = now
  }, tickMs)
  return {
    stop() {
      clearInterval(timer)
      return times
    },
  }
}
