import type { Envelope, Topic } from '@eip/contracts'
import { eventBusFailure } from '../event-bus.failure.ts'
import type { EventBus, Following, Subscription } from '../event-bus.port.ts'
import { checkFollow, checkSubscribe } from './options.ts'

/** A bus as its adapter makes it; what all of them do alike about closing and options stands in `inShell`. */
export type BusParts = Omit<EventBus, 'close'> &
  Readonly<{
    /** Resolves when every call of `publish` that was made so far has its answer. */
    published(): Promise<void>
    close(): Promise<void>
  }>

/** The readers that run: a bus that closes must know of every one of them. */
export interface Shell {
  assertOpen(): void
  /** Keeps the reader until it closes. Throws if the bus was closed meanwhile; the reader is then closed, too. */
  keep<Reading extends Subscription>(reading: Reading): Promise<Reading>
}

/** Refuses calls after the end and options out of range; closes readers first, then what publishes, then the rest. */
export function inShell(partsIn: (shell: Shell) => BusParts): EventBus {
  const readings = new Set<Subscription>()
  let closing: Promise<void> | undefined

  function assertOpen(): void {
    if (closing !== undefined) throw eventBusFailure('event-bus.closed', 'the event bus is closed')
  }

  async function keep<Reading extends Subscription>(reading: Reading): Promise<Reading> {
    if (closing !== undefined) await reading.close()
    assertOpen()
    const close = async () => {
      await reading.close()
      readings.delete(kept)
    }
    const kept = Object.freeze({ ...reading, close })
    readings.add(kept)
    return kept
  }

  const parts = partsIn({ assertOpen, keep })
  const whileOpen = after(assertOpen)
  const { groups, list, retry } = parts.parking

  async function closeAll(): Promise<void> {
    await Promise.all([...readings].map((reading) => reading.close()))
    await parts.published()
    await parts.close()
  }

  return Object.freeze({
    publish: whileOpen(async (topic: Topic, events: readonly Envelope[]) => {
      if (events.length > 0) await parts.publish(topic, events)
    }),
    subscribe: whileOpen(async (asked: Parameters<EventBus['subscribe']>[0]) => {
      checkSubscribe(asked)
      return parts.subscribe(asked)
    }),
    follow: whileOpen(async (asked: Parameters<EventBus['follow']>[0]): Promise<Following> => {
      checkFollow(asked)
      return parts.follow(asked)
    }),
    replay: whileOpen(parts.replay),
    lag: whileOpen(parts.lag),
    parking: Object.freeze({ groups: whileOpen(groups), list: whileOpen(list), retry: whileOpen(retry) }),
    close: () => (closing ??= closeAll()),
  })
}

/** Turns a call into one that first asserts. */
const after =
  (assert: () => void) =>
  <Arguments extends unknown[], Answer>(call: (...values: Arguments) => Promise<Answer>) =>
  async (...values: Arguments): Promise<Answer> => {
    assert()
    return call(...values)
  }
