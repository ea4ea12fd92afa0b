import { setTimeout as wait } from 'node:timers/promises'
import { isFailure } from '@eip/kernel'
import { eventBusFailure } from '../../event-bus.failure.ts'
import { isPassing, type KafkaClient, reasonOf } from './client.ts'

const pauseMs = 200

/** Long enough for a broker to start again. */
const patienceMs = 30_000

/** Does it again while what stops it may pass, for as long as a caller can be asked to wait. */
export async function persistently<Answer>(
  client: KafkaClient,
  what: string,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (isFailure(error)) throw error
      if (!isPassing(error) || performance.now() > deadline) {
        throw eventBusFailure('event-bus.log-failed', `${what}: ${reasonOf(error)}`, {}, error)
      }
      client.forget()
      await wait(pauseMs)
    }
  }
}
