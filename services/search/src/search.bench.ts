import { encoderPublished, type SearchInput, searchContract } from '@eip/contracts'
import type { Analyzer } from '@eip/engine-text-analysis'
import type { TextEncoder } from '@eip/engine-text-encoder'
import { memoryEventBus } from '@eip/event-bus/memory'
import { systemClock } from '@eip/kernel'
import type { ProductIndexReader } from '@eip/product-index'
import { type Client, inProcessClient, serveContract } from '@eip/rpc'
import { createLogger, metricsRegistry } from '@eip/telemetry'
import { type Latency, measureLatency, until } from '@eip/testkit'
import { memoryKeptResults } from './adapters/memory.kept-results.ts'
import { type SearchRunning, searchService } from './search.service.ts'

/** The index to search, the analyser that it was built with, and queries to go round in. */
export type SearchBench = Readonly<{
  index: ProductIndexReader
  analyzer: Analyzer
  queries: readonly string[]
  /** The one whose vectors the index holds, in a thread of its own; the bench closes it. Without it, words only. */
  encoder?: TextEncoder
  times?: number
}>

type SearchClient = Client<typeof searchContract>

/** Searches one after the other through the client that neighbours in the same process have: twenty hits a page. */
export async function benchSearch(given: SearchBench): Promise<Record<string, Latency>> {
  const { queries, encoder, times = 2_000 } = given
  const opened = await openService(given)
  const { client } = opened
  const measure = (input: SearchInput, textOf = (i: number) => queries[i % queries.length]!) =>
    measureLatency(times, (i) => client.search({ ...input, query: textOf(i) }))
  try {
    const words = { mode: 'bm25' } as const
    const cases: Record<string, Latency> = {
      'search by words, hits only': await measure({ ...words, facets: [] }),
      'search by words, default facets': await measure(words),
      'search by words, default facets and explanations': await measure({ ...words, explain: true }),
      'search, understood, default facets and explanations': await measure({ explain: true }),
    }
    if (encoder === undefined) return cases
    // Upper and lower case ask the same of words, and are other texts to the encoder's memory.
    const unheard = (i: number) => recased(queries[i % queries.length]!, Math.floor(i / queries.length) + 1)
    cases['hybrid, query encoded, default facets and explanations'] = await measure({ explain: true }, unheard)
    cases['hybrid, vector remembered, default facets and explanations'] = await measure({ explain: true })
    cases.suggestions = await measureLatency(times, (i) =>
      client.suggest({ prefix: queries[i % queries.length]!.slice(0, 1 + (i % 6)) }),
    )
    return cases
  } finally {
    await opened.close()
  }
}

/** The text with some letters in upper case, another way for each number. */
const recased = (text: string, number: number): string =>
  [...text].map((letter, at) => ((number >> (at % 16)) & 1 ? letter.toUpperCase() : letter)).join('')

async function openService({ index, analyzer, encoder }: SearchBench) {
  const metrics = metricsRegistry()
  const bus = await memoryEventBus()
  const service = searchService({
    index,
    analyzer,
    bus,
    openEncoder: async () => encoder!,
    synonyms: { change: async () => {}, list: async () => [] },
    queryCounts: { add: () => {}, popular: async () => [], close: async () => {} },
    keptResults: memoryKeptResults(systemClock),
    outboxRelay: { start: () => {}, pending: async () => 0, close: async () => {} },
    clock: systemClock,
    logger: createLogger({ name: 'bench', level: 'warn' }),
    metrics,
  })
  await service.start?.()
  await service.refreshKnowledge()
  const client: SearchClient = inProcessClient(serveContract(searchContract, service.handlers))
  if (encoder !== undefined) {
    await bus.publish(encoderPublished, [servingEvent(encoder)])
    await until('the encoder serves', () => serves(client))
  }
  return { client, close: () => closeAll(service, bus, metrics) }
}

const serves = async (client: SearchClient): Promise<boolean> =>
  (await client.search({ query: 'a' })).versions.encoder !== null

const servingEvent = ({ description }: TextEncoder) => ({
  ...{ id: 'bench', schema: encoderPublished.schema, key: description.encoder, version: 1 },
  ...{ occurredAt: 1, recordedAt: 1, deleted: false, market: {} },
  payload: {
    ...description,
    languages: description.languages === null ? null : [...description.languages],
    state: 'serving' as const,
    vectors: 0,
  },
})

async function closeAll(
  service: SearchRunning,
  bus: Readonly<{ close(): Promise<void> }>,
  metrics: Readonly<{ close(): Promise<void> }>,
): Promise<void> {
  await service.stop?.()
  await bus.close()
  await metrics.close()
}
