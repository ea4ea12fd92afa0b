import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '@eip/telemetry'

type Options = Readonly<{ everyMs: number; logger: Logger; work(signal: AbortSignal): Promise<void> }>

export type Rounds = Readonly<{ ask(): void; start(): void; stop(): Promise<void> }>

/** Works when it was asked to since the last time, and no more often than `everyMs`. One that fails is done again. */
export function repeatRounds({ everyMs, logger, work }: Options): Rounds {
  const stopping = new AbortController()
  let isAsked = true
  let running: Promise<void> | null = null
  const run = async () => {
    while (!stopping.signal.aborted) {
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
      if (!isAsked || stopping.signal.aborted) continue
      isAsked = false
      await work(stopping.signal).catch((error: unknown) => {
        isAsked = true
        logger.warn({ err: error }, 'scores could not be looked through')
      })
    }
  }
  return Object.freeze({
    ask() {
      isAsked = true
    },
    start() {
      running ??= run()
    },
    async stop() {
      stopping.abort()
      await running
    },
  })
}
