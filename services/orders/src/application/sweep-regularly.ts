import type { Logger } from '@eip/telemetry'

/** Sweeps at once and then again and again, one after the other; `stop` lets the one that is under way finish what it has in hand. */
export function sweepRegularly(sweep: (signal: AbortSignal) => Promise<void>, everyMs: number, logger: Logger) {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  const run = () => {
    running ??= sweep(stopping.signal)
      .catch((error: unknown) => logger.error({ err: error }, 'unfinished checkouts could not be looked for'))
      .finally(() => {
        running = null
      })
    return running
  }
  return Object.freeze({
    run,
    /** Does not wait for the first: whom a checkout waits for may start later. */
    start() {
      timer ??= setInterval(run, everyMs).unref()
      void run()
    },
    async stop() {
      stopping.abort()
      clearInterval(timer)
      timer = undefined
      await running
    },
  })
}
