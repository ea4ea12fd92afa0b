import { eventBusFailure } from '../../event-bus.failure.ts'
import { connectTimeoutMs, type KafkaClient, type KafkaPlace, reasonOf, refusalIn } from './client.ts'

/** What this adapter speaks; brokers from 3.5 on answer it, and those of 4.x still do. */
const spoken = {
  Fetch: 12,
  FindCoordinator: 4,
  Heartbeat: 4,
  JoinGroup: 9,
  LeaveGroup: 5,
  OffsetCommit: 8,
  SyncGroup: 5,
} as const

const answerWithinMs = 2 * connectTimeoutMs

/** Asks a broker once, for a limited time, and says in one sentence what stands in the way. */
export async function assertUsable(client: KafkaClient, { brokers }: KafkaPlace): Promise<void> {
  const named = brokers.join(', ')
  const apis = await inTime(client.admin.listApis()).catch((error: unknown) => {
    const refusal = refusalIn(error)
    if (refusal === undefined) {
      throw eventBusFailure('event-bus.unreachable', `no broker answers at ${named}: ${reasonOf(error)}`, {}, error)
    }
    const why = [...new Set([refusal.message, reasonOf(refusal)])].join(' ')
    throw eventBusFailure('event-bus.credentials-refused', `the brokers at ${named} refuse us: ${why}`, {}, error)
  })
  // They say what they speak to everybody, and hang up on the next question.
  await inTime(client.admin.metadata({ topics: [] })).catch((error: unknown) => {
    const why = `the brokers at ${named} answer, but not to us: ${reasonOf(error)}`
    throw eventBusFailure('event-bus.credentials-refused', why, {}, error)
  })
  const missing = Object.entries(spoken).flatMap(([name, version]) => {
    const api = apis.find((each) => each.name === name)
    return api !== undefined && api.minVersion <= version && api.maxVersion >= version ? [] : [`${name} ${version}`]
  })
  if (missing.length > 0) {
    throw eventBusFailure('event-bus.old-broker', `the brokers at ${named} do not speak ${missing.join(', ')}`)
  }
}

async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer in ${answerWithinMs / 1_000} s`)), answerWithinMs)
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
