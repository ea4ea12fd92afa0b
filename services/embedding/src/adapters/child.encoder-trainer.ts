import { fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { catalogueEncoderLimits, type EncoderDescription } from '@eip/engine-text-encoder'
import { failures } from '@eip/kernel'
import type { EncoderTrainer, TrainingOptions } from '../ports/encoder-trainer.port.ts'

const failure = failures({
  'embedding.training-failed': {
    kind: 'internal',
    cure: 'Look at the reason; the encoder that serves goes on. POST /api/v1/encoders/train tries again.',
  },
})

/** What the child tells, in this order: any number of steps, then one of the others. */
export type TrainerMessage = Readonly<
  | { kind: 'progress'; phase: string; share: number }
  | { kind: 'done'; description: EncoderDescription }
  | { kind: 'failed'; reason: string }
>

/** Characters of what the child wrote to standard error that an answer may hold. */
const errorTail = 2_000

export type ChildEncoderTrainerOptions = Readonly<{
  /** What the child runs. Default: the training of the catalogue encoder. */
  script?: URL
}>

/**
 * Trains the catalogue encoder in a process of its own, of low priority: it takes a core for minutes, and a thread would share
 * the priority of those that answer. When this process dies, the child ends with its next step.
 */
export function childEncoderTrainer(options: ChildEncoderTrainerOptions = {}): EncoderTrainer {
  const script = options.script ?? new URL('./child.encoder-trainer.process.ts', import.meta.url)
  return Object.freeze({
    leastProducts: catalogueEncoderLimits.fewestProducts,
    mostTexts: catalogueEncoderLimits.mostProductsRead,
    async train({ corpus, directory, onProgress, signal }: TrainingOptions) {
      signal.throwIfAborted()
      const child = fork(script, [corpus, directory], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
      const kill = () => child.kill('SIGKILL')
      let description: EncoderDescription | null = null
      let reason: string | null = null
      let errors = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        errors = (errors + text).slice(-errorTail)
      })
      child.on('message', (message: TrainerMessage) => {
        if (message.kind === 'progress') onProgress(message.phase, message.share)
        else if (message.kind === 'done') description = message.description
        else reason = message.reason
      })
      child.on('spawn', () => lowerPriority(child.pid))
      signal.addEventListener('abort', kill)
      try {
        // Once its pipes are closed too: all it had to say has been heard.
        const [code, by] = (await once(child, 'close')) as [number | null, string | null]
        signal.throwIfAborted()
        if (code === 0 && description !== null) return description
        reason ??= errors.trim() || `it ended with ${by ?? `code ${code}`}`
      } finally {
        signal.removeEventListener('abort', kill)
      }
      throw failure('embedding.training-failed', `the training of an encoder failed: ${reason}`)
    },
  })
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or the system knows no priorities: it trains all the same.
  }
}
