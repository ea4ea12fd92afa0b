import type { Topic } from '@eip/contracts'
import { type OutboxEntries, type OutboxRelay, outboxRelay } from '@eip/database'
import type { EventBus, Observe } from '@eip/event-bus'
import type { Logger } from '@eip/telemetry'

/** Does it when first asked; whoever asks again gets the same. */
export function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opening: Promise<T> | undefined
  return () => {
    opening ??= open()
    return opening
  }
}

export type RelayOf = (outbox: OutboxEntries, topics: readonly Topic[]) => OutboxRelay

export const relaysTo =
  (bus: EventBus, logger: Logger): RelayOf =>
  (outbox, topics) =>
    outboxRelay({
      outbox,
      bus,
      topics,
      onTrouble: ({ error, ...trouble }) => logger.warn({ err: error, ...trouble }, 'the outbox cannot publish'),
    })

export const busLog =
  (logger: Logger): Observe =>
  ({ kind, ...fields }) =>
    logger[kind === 'rejected' || kind === 'waiting' ? 'warn' : 'error'](fields, `event bus: ${kind}`)
