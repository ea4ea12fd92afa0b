import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArtifactStore } from '@eip/artifacts'
import { embeddingFailure } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { EncoderTrainer } from '../ports/encoder-trainer.port.ts'
import { collectCorpus } from './collect-corpus.ts'
import { artifactKind } from './open-artifact.ts'

export type TrainingProgress = Readonly<{ phase: string; share: number }>

export type TrainOnceNeeds = Readonly<{
  bus: EventBus
  artifacts: ArtifactStore
  trainer: EncoderTrainer
  /** Told of the encoder when its artefact is stored, and of how many products there were. */
  adopt: (encoder: string, products: number) => Promise<void>
}>

type Course = Readonly<{
  signal: AbortSignal
  /** Told when it is known that there are enough products. */
  counted: () => void
  report: (progress: TrainingProgress) => void
}>

/**
 * From the catalogue's texts to an artefact that is stored and takes over; answers with its encoder. Nothing of the way there
 * is left behind. Fails with `embedding.too-few-products`, and as the trainer and the store do.
 */
export async function trainOnce(
  { bus, artifacts, trainer, adopt }: TrainOnceNeeds,
  { signal, counted, report }: Course,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eip-training-'))
  try {
    report({ phase: 'collecting', share: 0 })
    const corpus = join(folder, 'corpus.jsonl')
    const { products } = await collectCorpus({ bus, file: corpus, most: trainer.mostTexts, signal })
    if (products < trainer.leastProducts) {
      const message = `the catalogue has ${products} products; an encoder needs ${trainer.leastProducts} to be trained on`
      throw embeddingFailure('embedding.too-few-products', message, { products, least: trainer.leastProducts })
    }
    counted()
    const directory = join(folder, 'artifact')
    const onProgress = (phase: string, share: number) => report({ phase, share })
    const { encoder } = await trainer.train({ corpus, directory, onProgress, signal })
    signal.throwIfAborted()
    report({ phase: 'storing', share: 1 })
    await artifacts.put(artifactKind, encoder, directory)
    await adopt(encoder, products)
    return encoder
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
