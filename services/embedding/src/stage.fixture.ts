import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderArtifactStore } from '@eip/artifacts/folder'
import {
  type EmbeddedProduct,
  type Envelope,
  embeddingContract,
  encoderPublished,
  type Product,
  type PublishedEncoder,
  productChanged,
  productEmbedded,
} from '@eip/contracts'
import { type OutboxEntries, outboxRelay } from '@eip/database'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { inProcessClient, serveContract } from '@eip/rpc'
import { metricsRegistry, silentLogger } from '@eip/telemetry'
import { aProduct, envelopeOf, fakeClock, temporaryDirectory, until } from '@eip/testkit'
import type { OpenEncoder } from './application/open-artifact.ts'
import type { EmbeddingOptions } from './application/own-encoders.ts'
import { type EmbeddingNeeds, embedding } from './embedding.service.ts'
import { fakeEncoders, writeFakeArtifact } from './fake-encoder.fixture.ts'
import type { EmbeddingLedger } from './ports/embedding-ledger.port.ts'
import type { EncoderTrainer, TrainingOptions } from './ports/encoder-trainer.port.ts'

const leastProducts = 5

/** Trains by name only: the encoder of a corpus is named by the corpus. `before` may wait or fail. */
function fakeTrainer() {
  const trained: string[][] = []
  const before: { train: (options: TrainingOptions) => void | Promise<void> } = { train: () => {} }
  const trainer: EncoderTrainer = {
    leastProducts,
    mostTexts: 1_000,
    async train(options) {
      options.onProgress('counting words', 0.5)
      await before.train(options)
      const corpus = readFileSync(options.corpus, 'utf8')
      const titles = corpus
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { title: string }).title)
      trained.push(titles.sort())
      const hash = createHash('sha256').update(corpus).digest('hex').slice(0, 12)
      return writeFakeArtifact(options.directory, `catalogue-${hash}`)
    },
  }
  return { trainer, trained, before }
}

type Overrides = Readonly<{
  startsWith?: string
  options?: Partial<EmbeddingOptions>
  openEncoder?: OpenEncoder
  trainer?: EncoderTrainer
  /** What stands between the service and its ledger. */
  ledger?: (ledger: EmbeddingLedger) => EmbeddingLedger
  /** What stands between the service and the bus. */
  bus?: (bus: EventBus) => EventBus
}>

type OpenLedger = (file: string) => Promise<{ ledger: EmbeddingLedger; outbox: OutboxEntries; close(): Promise<void> }>

/** All that outlives one run of the service: bus, files, clock; and what its topics were given. */
export async function openStage(openLedger: OpenLedger) {
  const directory = temporaryDirectory()
  const clock = fakeClock()
  const bus = await memoryEventBus({ clock })
  const artifacts = await folderArtifactStore({ folder: join(directory.path, 'artifacts') })
  const encoders = fakeEncoders()
  const training = fakeTrainer()
  const vectors: Envelope<EmbeddedProduct>[] = []
  const published: Envelope<PublishedEncoder>[] = []
  const following = await bus.follow({
    topics: [productEmbedded, encoderPublished],
    handle: async (deliveries) => {
      for (const { event, position } of deliveries)
        if (position.topic === productEmbedded.name) vectors.push(event as Envelope<EmbeddedProduct>)
        else published.push(event as Envelope<PublishedEncoder>)
    },
  })
  let running: { stop(): Promise<void> } | null = null

  async function putArtifact(encoder: string, dimensions = 8) {
    using source = temporaryDirectory()
    writeFakeArtifact(source.path, encoder, dimensions)
    await artifacts.put('encoder', encoder, source.path)
  }

  async function start(overrides: Overrides = {}) {
    const { startsWith = 'manual', options = {} } = overrides
    const { ledger, outbox, close } = await openLedger(join(directory.path, 'embedding.sqlite'))
    const usedBus = overrides.bus?.(bus) ?? bus
    let looks = 0
    const watched: EventBus = {
      ...usedBus,
      lag: (...values) => {
        if (values[0] === 'embedding.training') looks += 1
        return usedBus.lag(...values)
      },
    }
    /** Twice: a look that runs already may have seen what was before. */
    const hasLooked = () => {
      const goal = looks + 2
      return until('it has looked whether to train', () => looks >= goal)
    }
    const topics = [encoderPublished, productEmbedded]
    const relay = outboxRelay({ outbox, bus: usedBus, topics, onTrouble: () => {}, retryDelayMs: 1 })
    const metrics = metricsRegistry()
    const needs: EmbeddingNeeds = {
      ...{ bus: watched, artifacts, ledger: overrides.ledger?.(ledger) ?? ledger, outboxRelay: relay },
      openEncoder: overrides.openEncoder ?? encoders.openEncoder,
      trainer: overrides.trainer ?? training.trainer,
      policy: { startsWith },
      ...{ clock, logger: silentLogger, metrics },
      options: { lookEveryMs: 5, retryDelayMs: 5, quietMs: 0, ...options },
    }
    const service = embedding.build(needs, () => {
      throw new Error('embedding calls nobody')
    })
    await service.start?.()
    const client = inProcessClient(serveContract(embeddingContract, service.handlers))
    const stop = async () => {
      running = null
      await service.drain?.()
      await service.stop?.()
      await close()
    }
    running = { stop }
    const stateOf = async (encoder: string) => {
      const { encoders: all } = await client.status({})
      return all.find((each) => each.encoder === encoder)
    }
    const isIn = (encoder: string, state: PublishedEncoder['state']) =>
      until(`${encoder} is ${state}`, async () => (await stateOf(encoder))?.state === state)
    const hasRead = (encoder: string) => until('all is read', async () => (await stateOf(encoder))?.lag === 0)
    return { client, service, metrics, relay, stateOf, isIn, hasRead, hasLooked, stop }
  }

  return Object.freeze({
    ...{ bus, clock, artifacts, encoders, training, vectors, published, putArtifact, start },
    folder: directory.path,
    publish: (...events: Envelope[]) => bus.publish(productChanged, events),
    /** Vectors as a reader of the topic ends up with them: title hashes aside, by key. */
    held: () => {
      const last = new Map<string, Envelope<EmbeddedProduct>>()
      for (const event of vectors) if ((last.get(event.key)?.version ?? -1) < event.version) last.set(event.key, event)
      return [...last.values()]
        .filter(({ deleted }) => !deleted)
        .map(({ key }) => key)
        .sort()
    },
    async close() {
      await running?.stop()
      await following.close()
      await bus.close()
      directory[Symbol.dispose]()
    },
  })
}

export const changed = (id: string, version: number, fields: Partial<Product> = {}) =>
  envelopeOf(id, version, aProduct({ id, ...fields }))
export const deleted = (id: string, version: number) => envelopeOf(id, version, null)
export const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => changed(`p${from + i}`, 1, { title: `Product ${from + i}` }))
export const keysOf = (encoder: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${encoder}/p${i}`).sort()
