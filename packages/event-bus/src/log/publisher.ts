import type { Envelope, Topic } from '@eip/contracts'
import type { EventLog } from '../event-log.port.ts'
import { bell } from './bell.ts'
import { encode } from './envelope-codec.ts'

/** Characters that may be on their way into the log before the next call of `publish` waits. */
const maximumInFlight = 16 << 20

/** Takes calls one at a time, in their order, and turns the next one into bytes only when there is room for it. */
export function publisher(log: Pick<EventLog, 'append'>, open: (topic: Topic) => Promise<unknown>) {
  const room = bell()
  let inFlight = 0
  let turn: Promise<unknown> = Promise.resolve()
  const running = new Set<Promise<void>>()

  const start = async (topic: Topic, events: readonly Envelope[]): Promise<{ done: Promise<void> }> => {
    await open(topic)
    while (inFlight >= maximumInFlight) await room.heard()
    const { rows, characters } = encode(topic, events)
    inFlight += characters
    const done = log.append(topic.name, rows).finally(() => {
      inFlight -= characters
      room.ring()
    })
    // Boxed, so that waiting for the turn does not wait for the disk.
    return { done }
  }

  async function publish(topic: Topic, events: readonly Envelope[]): Promise<void> {
    const started = turn.then(() => start(topic, events))
    turn = started.catch(() => undefined)
    const done = started.then((call) => call.done)
    running.add(done)
    await done.finally(() => running.delete(done))
  }

  /** Resolves when every call that was made so far has its answer. */
  const settled = async () => {
    await Promise.allSettled([...running])
  }

  return Object.freeze({ publish, settled })
}
