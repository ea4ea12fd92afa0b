import type { EncoderDescription } from '@eip/engine-text-encoder'

export type TrainingOptions = Readonly<{
  /** A file of JSON lines, an `EncoderText` each. */
  corpus: string
  /** Made by the training: the artefact's files. */
  directory: string
  /** The step that is being done, and how much of it is done, in [0, 1]. */
  onProgress: (phase: string, share: number) => void
  signal: AbortSignal
}>

/**
 * Trains encoders on the catalogue's own texts.
 *  - `train` writes an artefact into the directory and says whose it is. The same corpus gives the same artefact, so the same encoder.
 *  - It takes minutes of a whole core, and none of the calling thread's time.
 *  - It rejects when it fails, and soon after the signal; then nothing of it is running any more.
 */
export interface EncoderTrainer {
  /** Fewer products are not worth training on. */
  readonly leastProducts: number
  /** Of more texts than these it is given an even sample. */
  readonly mostTexts: number
  train(options: TrainingOptions): Promise<EncoderDescription>
}
