import { setTimeout as wait } from 'node:timers/promises'
import { embeddingFailure } from '@eip/contracts'
import { type Clock, isFailure } from '@eip/kernel'
import type { Logger } from '@eip/telemetry'
import { type TrainingLimits, trainingNeed } from '../domain/training-need.ts'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import { topics } from './feed-encoder.ts'
import { repeating } from './repeating.ts'
import { type TrainingProgress, type TrainOnceNeeds, trainOnce } from './train-once.ts'

/** Nobody ever reads for it: its lag counts all changes since the beginning of time. */
const rulerGroup = 'embedding.training'

/** How long who asks for a training waits to hear that there are too few products. */
const countingBudgetMs = 2_000

export interface EncoderTraining {
  /** Looks from now on whether to train by itself, if it is to. */
  start(): void
  /** Begins to train. Fails with `embedding.training-runs` or `embedding.too-few-products`. */
  request(): Promise<void>
  progress(): TrainingProgress | null
  /** Why the last training failed, or null. */
  trouble(): string | null
  /** Ends a training that runs, and cleans up after it. May be called again. */
  stop(): Promise<void>
}

export type TrainingOptions = TrainOnceNeeds &
  Readonly<{
    ledger: EmbeddingLedger
    clock: Clock
    logger: Logger
    isAutomatic: boolean
    limits: Omit<TrainingLimits, 'leastProducts'>
    lookEveryMs: number
  }>

const isTooFew = (error: unknown) => isFailure(error) && error.code === 'embedding.too-few-products'

/** A training that runs, or none; `ended` hears how it went. */
function singleTraining(needs: TrainOnceNeeds, ended: (failure: unknown, isAsked: boolean) => void) {
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> | null = null
  let progress: TrainingProgress | null = null
  const report = (now: TrainingProgress) => {
    progress = now
  }
  return Object.freeze({
    isRunning: () => running !== null,
    progress: () => progress,
    /** Resolves when the catalogue is known to be large enough; rejects when it is not, or cannot be read. */
    begin(isAsked: boolean): Promise<void> {
      const enough = Promise.withResolvers<void>()
      enough.promise.catch(() => {})
      report({ phase: 'collecting', share: 0 })
      running = trainOnce(needs, { signal, counted: enough.resolve, report })
        .then(
          () => ended(null, isAsked),
          (error: unknown) => {
            if (!signal.aborted) ended(error, isAsked)
            enough.reject(error)
          },
        )
        .finally(() => {
          running = null
          progress = null
        })
      return enough.promise
    },
    isStopped: () => signal.aborted,
    async stop() {
      stopping.abort()
      await running
    },
  })
}

/** One training at a time, when it is asked for or needed. */
export function encoderTraining(options: TrainingOptions): EncoderTraining {
  const { bus, ledger, clock, logger, trainer, isAutomatic, limits, lookEveryMs } = options
  const need = trainingNeed({ ...limits, leastProducts: trainer.leastProducts })
  let trouble: string | null = null
  let stopLooking = async () => {}

  const training = singleTraining(options, (failure, isAsked) => {
    need.tried(failure === null ? 'none' : isTooFew(failure) ? 'too-few' : 'failed')
    if (failure === null) trouble = null
    // Words alone are an answer: a small catalogue is no trouble that nobody asked about.
    else if (isAsked || !isTooFew(failure)) {
      trouble = failure instanceof Error ? failure.message : String(failure)
      logger.error({ err: failure }, 'no encoder was trained')
    }
  })
  async function look(): Promise<void> {
    if (training.isRunning()) return
    try {
      const [changes, known] = await Promise.all([bus.lag(rulerGroup, topics), ledger.encoders()])
      const view = { now: clock.now(), changes: Object.values(changes).reduce((sum, each) => sum + each, 0), known }
      if (need.look(view) && !training.isRunning() && !training.isStopped()) training.begin(false).catch(() => {})
    } catch (error) {
      logger.warn({ err: error }, 'it is not known whether an encoder is to be trained: looked again')
    }
  }

  return Object.freeze({
    start() {
      if (isAutomatic) stopLooking = repeating(look, lookEveryMs)
    },
    async request() {
      if (training.isRunning()) throw embeddingFailure('embedding.training-runs', 'an encoder is being trained')
      const over = new AbortController()
      try {
        await Promise.race([training.begin(true), wait(countingBudgetMs, undefined, { signal: over.signal })])
      } finally {
        over.abort()
      }
    },
    progress: training.progress,
    trouble: () => trouble,
    async stop() {
      await stopLooking()
      await training.stop()
    },
  })
}
