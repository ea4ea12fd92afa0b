import { CompressionAlgorithms, Producer } from '@platformatic/kafka'
import { eventBusFailure } from '../../event-bus.failure.ts'
import { clientOptions, isAnswer, type KafkaPlace, reasonOf } from './client.ts'

/** A record on its way; `topic` as the cluster calls it, no value for a key that is to be forgotten. */
export type Outgoing = Readonly<{ topic: string; partition: number; key: string; value: string | undefined }>

export interface Appender {
  /** Resolves when the brokers have stored all of them, those of one partition in their order. */
  append(records: readonly Outgoing[]): Promise<void>
  close(): Promise<void>
}

type Call = { waiting: number; settle(error?: unknown): void }
type Entry = Readonly<{ record: Outgoing; call: Call }>

/** What one request carries at most: in all, and to one partition, whose batch the broker takes or refuses as one. */
const maximumCharacters = 8 << 20
const maximumCharactersOfPartition = 768 << 10

const pauseMs = 200

/**
 * The client repeats a request that failed with the numbers it had, so that a broker stores it once.
 * One request at a time, and who asks meanwhile shares the next one: an idempotent producer numbers the batches of a
 * partition, so a second request under way could arrive before a first one that is being repeated.
 */
export function kafkaAppender(place: KafkaPlace, patienceMs = 60_000): Appender {
  let producer = producerFor(place, patienceMs)
  const queue: Entry[] = []
  let running: Promise<void> | undefined

  /** A broker that is silent must not keep callers for ever: after a while the producer is given up, and what it knows with it. */
  async function send(round: readonly Entry[]): Promise<void> {
    const current = producer
    const giveUp = () => {
      producer = producerFor(place, patienceMs)
      current.close().catch(() => undefined)
    }
    const timer = setTimeout(giveUp, patienceMs)
    const messages = round.map(({ record }) => ({ ...record }) as never)
    await current.send({ messages }).finally(() => clearTimeout(timer))
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const round = queue.splice(0, roundOf(queue))
      try {
        await send(round)
        for (const { call } of round) if (--call.waiting === 0) call.settle()
      } catch (error) {
        const calls = new Set(round.map(({ call }) => call))
        const left = queue.filter(({ call }) => !calls.has(call))
        queue.splice(0, queue.length, ...left)
        for (const call of calls) call.settle(notAcknowledged(error, calls.size))
      }
    }
    running = undefined
  }

  return Object.freeze({
    append(records: readonly Outgoing[]) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      if (records.length === 0) return Promise.resolve()
      const call: Call = {
        waiting: records.length,
        settle: (error) => (error === undefined ? resolve() : reject(error)),
      }
      for (const record of records) queue.push({ record, call })
      running ??= Promise.resolve().then(drain)
      return promise
    },
    async close() {
      await running
      await producer.close()
    },
  })
}

const producerFor = (place: KafkaPlace, patienceMs: number) =>
  new Producer<string, string, string, string>({
    ...clientOptions(place),
    idempotent: true,
    compression: CompressionAlgorithms.LZ4,
    // Long enough for a broker to start again.
    retries: Math.ceil(patienceMs / pauseMs),
    retryDelay: pauseMs,
    serializers: { key: bytesOf, value: bytesOf },
  })

const bytesOf = (text?: string): Buffer | undefined => (text === undefined ? undefined : Buffer.from(text, 'utf8'))

/** How many of the first in the queue go together: at least one. */
function roundOf(queue: readonly Entry[]): number {
  const byPartition = new Map<string, number>()
  let all = 0
  let count = 0
  for (const { record } of queue) {
    const characters = record.key.length + (record.value?.length ?? 0)
    const place = `${record.topic}/${record.partition}`
    const here = (byPartition.get(place) ?? 0) + characters
    all += characters
    if (count > 0 && (all > maximumCharacters || here > maximumCharactersOfPartition)) return count
    byPartition.set(place, here)
    count += 1
  }
  return count
}

/** Among several calls in one request nobody knows whose event it was that is too large: each is asked to come again. */
function notAcknowledged(error: unknown, calls: number): unknown {
  const reason = reasonOf(error)
  if (calls === 1 && isAnswer(error, 'MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE')) {
    return eventBusFailure('event-bus.too-large', `the topic's max.message.bytes is too small: ${reason}`, {}, error)
  }
  return eventBusFailure(
    'event-bus.not-acknowledged',
    `the brokers did not say that it is stored: ${reason}`,
    {},
    error,
  )
}
