import type { ArtifactStore } from '@eip/artifacts'
import type { EmbeddingStatus } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import type { Logger, MetricsRegistry } from '@eip/telemetry'
import type { EmbeddingLedger } from '../ports/embedding-ledger.port.ts'
import type { EncoderTrainer } from '../ports/encoder-trainer.port.ts'
import { embeddingMetrics } from './embedding-metrics.ts'
import { type EncoderPolicy, followPolicy } from './follow-policy.ts'
import { keepEncoders } from './keep-encoders.ts'
import type { OpenEncoder } from './open-artifact.ts'
import { measureEncoders, reportStatus } from './report-status.ts'
import { encoderTraining } from './train-encoder.ts'

/** Milliseconds, but for `growth`. */
export type EmbeddingOptions = Readonly<{
  /** How long the encoder that served before can be gone back to. */
  rollBackMs: number
  /** Training by itself waits until no product came for so long … */
  quietMs: number
  /** … but not longer than this, where they never cease to come. */
  patienceMs: number
  /** An encoder is trained anew when the catalogue is this many times what it was trained on. */
  growth: number
  /** How often it is looked whether an encoder's state is to change. */
  lookEveryMs: number
  /** First wait before what failed is tried again. */
  retryDelayMs: number
}>

const defaults: EmbeddingOptions = Object.freeze({
  ...{ rollBackMs: 3_600_000, quietMs: 3_000, patienceMs: 300_000, growth: 4, lookEveryMs: 200, retryDelayMs: 1_000 },
})

export type OwnEncodersNeeds = Readonly<{
  bus: EventBus
  artifacts: ArtifactStore
  ledger: EmbeddingLedger
  openEncoder: OpenEncoder
  trainer: EncoderTrainer
  policy: EncoderPolicy
  clock: Clock
  logger: Logger
  metrics: MetricsRegistry
  options?: Partial<EmbeddingOptions>
}>

export interface OwnedEncoders {
  /** Opening, filling and training go on in the background. */
  start(): Promise<void>
  status(): Promise<EmbeddingStatus>
  train(): Promise<void>
  use(encoder: string): Promise<void>
  /** Finishes what is at hand, ends a training. May be called again. */
  stop(): Promise<void>
}

/** Encoders that read, serve and go, their training, and the configuration's wish among them. */
export function ownEncoders({ policy, metrics: registry, options, ...needs }: OwnEncodersNeeds): OwnedEncoders {
  const { bus, logger } = needs
  const limits = { ...defaults, ...options }
  const metrics = embeddingMetrics(registry)
  const keeping = keepEncoders({ ...needs, ...limits, metrics })
  const isAutomatic = policy.startsWith === 'auto'
  const { lookEveryMs } = limits
  const training = encoderTraining({ ...needs, limits, lookEveryMs, isAutomatic, adopt: keeping.adopt })
  let policyTrouble: string | null = null
  let following = Promise.resolve()
  let endObservation = () => {}

  return Object.freeze({
    async start() {
      await keeping.start()
      following = followPolicy(policy, { keeping, logger }).catch((error: unknown) => {
        logger.error({ err: error }, 'the configured encoder cannot be used')
        policyTrouble = error instanceof Error ? error.message : String(error)
      })
      training.start()
      endObservation = metrics.observe(measureEncoders({ keeping, bus }))
    },
    status: reportStatus({ keeping, trouble: () => training.trouble() ?? policyTrouble, progress: training.progress }),
    train: training.request,
    use: keeping.use,
    async stop() {
      endObservation()
      await Promise.all([training.stop(), following])
      await keeping.stop()
    },
  })
}
