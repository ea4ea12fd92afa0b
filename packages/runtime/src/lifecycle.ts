import { isFailure } from '@eip/kernel'
import type { AnyContractRouter } from '@eip/rpc'
import type { Logger } from '@eip/telemetry'
import { runtimeFailure } from './runtime-failure.ts'
import type { RunningService } from './service.ts'

type Started = Readonly<{ name: string; running: RunningService<AnyContractRouter> }>

/** Starts services one behind the other, and stops them the other way round. */
export type Lifecycle = Readonly<{
  /**
   * Builds and starts each. When one fails, or the stop was announced meanwhile, stops those that stand and throws
   * `runtime.start-failed` or `runtime.stopping`.
   */
  start(services: readonly { name: string; build(): RunningService<AnyContractRouter> }[]): Promise<void>
  isStarted(): boolean
  isStopping(): boolean
  /** Announces the stop: a start under way ends with the service that it is at. */
  refuseNewStarts(): void
  /** Drains all, then stops all; a service that fails holds no other back. */
  stop(): Promise<void>
  /** What is missing, by service; empty when all have started and miss nothing. */
  missing(): readonly Readonly<{ service: string; what: string }>[]
  /** What one service lacks; null if it is ready. */
  missingOf(service: string): string | null
}>

export function lifecycle(logger: Logger): Lifecycle {
  const started: Started[] = []
  let starting: string | null = 'the services'
  let isStopping = false

  const each = async (step: 'drain' | 'stop'): Promise<string[]> => {
    const failed: string[] = []
    for (const { name, running } of started.toReversed()) {
      try {
        await running[step]?.()
      } catch (error) {
        failed.push(name)
        logger.error({ err: error, service: name, step }, 'a service did not end well')
      }
    }
    return failed
  }

  const stop = async (): Promise<void> => {
    isStopping = true
    const failed = new Set([...(await each('drain')), ...(await each('stop'))])
    started.length = 0
    if (failed.size > 0) throw runtimeFailure('runtime.stop-failed', `did not stop well: ${[...failed].join(', ')}`)
  }

  return Object.freeze({
    async start(services: readonly { name: string; build(): RunningService<AnyContractRouter> }[]) {
      for (const { name, build } of services) {
        starting = name
        try {
          if (isStopping) throw runtimeFailure('runtime.stopping', 'the host was stopped while it started')
          const running = build()
          started.push({ name, running })
          await running.start?.()
        } catch (error) {
          await stop().catch(() => {}) // Each that failed to stop stands in the log; the failed start is what matters.
          if (isFailure(error) && error.code.startsWith('runtime.')) throw error
          const reason = error instanceof Error ? error.message : String(error)
          throw runtimeFailure('runtime.start-failed', `"${name}" did not start: ${reason}`, {}, error)
        }
        logger.debug({ service: name }, 'started')
      }
      starting = null
    },
    stop,
    missingOf(service: string) {
      if (isStopping) return 'it is stopping'
      const own = started.find(({ name }) => name === service)
      return own === undefined || starting === service ? 'it is starting' : (own.running.missing?.() ?? null)
    },
    isStarted: () => starting === null,
    isStopping: () => isStopping,
    refuseNewStarts: () => {
      isStopping = true
    },
    missing() {
      if (starting !== null) return [{ service: starting, what: 'it is starting' }]
      return started.flatMap(({ name, running }) => {
        const what = running.missing?.() ?? null
        return what === null ? [] : [{ service: name, what }]
      })
    },
  })
}
