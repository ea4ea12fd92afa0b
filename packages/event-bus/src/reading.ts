import { setTimeout as wait } from 'node:timers/promises'
import type { EventBus, SubscribeOptions, Subscription } from './event-bus.port.ts'

/** A subscription that its group may not have taken yet. */
export type Reading = Subscription &
  Readonly<{ /** Why the group does not take it, or null. */ trouble(): string | null }>

type ReadingOptions = SubscribeOptions &
  Readonly<{
    onTrouble: (error: unknown) => void
    /** Between two attempts, in milliseconds. Default 1,000. */
    askEveryMs?: number
  }>

/**
 * Subscribes without waiting for it, again and again until it is taken. A group takes nobody in before it has given up a member
 * that died, half a minute later perhaps: a service that can answer meanwhile does.
 */
export function startReading(bus: Pick<EventBus, 'subscribe'>, options: ReadingOptions): Reading {
  const { onTrouble, askEveryMs = 1_000, ...subscription } = options
  const closing = new AbortController()
  let trouble: string | null = null

  async function join(): Promise<Subscription | null> {
    while (!closing.signal.aborted)
      try {
        const joined = await bus.subscribe(subscription)
        trouble = null
        return joined
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error)
        onTrouble(error)
        await wait(askEveryMs, undefined, { signal: closing.signal }).catch(() => {})
      }
    return null
  }
  const joining = join()
  return Object.freeze({
    trouble: () => trouble,
    async close() {
      closing.abort()
      await (await joining)?.close()
    },
  })
}
