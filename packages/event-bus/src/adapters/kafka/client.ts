import type { ConnectionOptions } from 'node:tls'
import {
  Admin,
  type API,
  type Connection,
  FindCoordinatorKeyTypes,
  findCoordinatorV4,
  findErrorBy,
} from '@platformatic/kafka'

export type KafkaSecurity = Readonly<{
  tls?: ConnectionOptions
  sasl?: Readonly<{
    mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'OAUTHBEARER'
    username?: string
    password?: string
    token?: string
  }>
}>

/** Where the cluster is, and what names of ours begin with there. */
export type KafkaPlace = Readonly<{
  brokers: readonly string[]
  clientId: string
  prefix: string
  security: KafkaSecurity
}>

export const connectTimeoutMs = 5_000

export const clientOptions = ({ brokers, clientId, security }: KafkaPlace) => ({
  clientId,
  bootstrapBrokers: [...brokers],
  connectTimeout: connectTimeoutMs,
  ...(security.tls === undefined ? {} : { tls: { ...security.tls } }),
  ...(security.sasl === undefined ? {} : { sasl: { ...security.sasl } }),
})

/**
 * Connections of its own, one to each broker. A broker answers the requests of a connection one after the other, so that
 * whoever waits in a request (for news, for a group to gather) needs a client that nobody else waits for.
 */
export interface KafkaClient {
  readonly admin: Admin
  ask<Ask extends unknown[], Answer>(node: number, api: API<Ask, Answer>, ...ask: Ask): Promise<Answer>
  leaders(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>
  coordinatorOf(groupId: string): Promise<number>
  /** Who leads what is asked anew. */
  forget(): void
  close(): Promise<void>
}

export function kafkaClient(place: KafkaPlace, requestTimeoutMs = 30_000): KafkaClient {
  const options = { ...clientOptions(place), requestTimeout: requestTimeoutMs, retries: 0, metadataMaxAge: 60_000 }
  const admin = new Admin(options)
  const coordinators = new Map<string, number>()

  async function connectionTo(node: number): Promise<Connection> {
    const connection = (await admin.connectToBrokers([node])).get(node)
    if (connection === undefined) throw new Error(`broker ${node} is not among the brokers of the cluster`)
    return connection as unknown as Connection
  }

  const ask = async <Ask extends unknown[], Answer>(node: number, api: API<Ask, Answer>, ...values: Ask) =>
    api.async(await connectionTo(node), ...values)

  async function leaders(topics: readonly string[]) {
    const { topics: known } = await admin.metadata({ topics: [...topics] })
    return new Map(topics.map((topic) => [topic, (known.get(topic)?.partitions ?? []).map(({ leader }) => leader)]))
  }

  async function coordinatorOf(groupId: string): Promise<number> {
    const known = coordinators.get(groupId)
    if (known !== undefined) return known
    const { brokers } = await admin.metadata({ topics: [] })
    const node = [...brokers.keys()][0] ?? -1
    const { coordinators: found } = await ask(node, findCoordinatorV4.api, FindCoordinatorKeyTypes.GROUP, [groupId])
    const coordinator = found[0]?.nodeId ?? -1
    coordinators.set(groupId, coordinator)
    return coordinator
  }

  return Object.freeze({
    admin,
    ask,
    leaders,
    coordinatorOf,
    forget() {
      admin.clearMetadata()
      coordinators.clear()
    },
    close: async () => admin.close(),
  })
}

/** The broker's own word for what went wrong, as `UNKNOWN_MEMBER_ID`. */
export const isAnswer = (error: unknown, ...ids: readonly string[]): boolean =>
  ids.some((id) => error instanceof Error && findErrorBy(error, 'apiId', id) !== null)

/** The error and all that it says it comes from. */
export function* within(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return
  yield error
  if (error instanceof AggregateError) for (const inner of error.errors) yield* within(inner)
  yield* within(error.cause)
}

const hasCode = (error: unknown, code: string): boolean => [...within(error)].some((each) => codeOf(each) === code)
const codeOf = (error: Error): unknown => (error as Error & { code?: unknown }).code

/** The brokers do not take us: the name, the password, or plain words where they expect encrypted ones, and the reverse. */
export const refusalIn = (error: unknown): Error | undefined =>
  [...within(error)].find(
    (each) => codeOf(each) === 'PLT_KFK_AUTHENTICATION' || /\bTLS\b|certificate/i.test(each.message),
  )

/** It may go well the next time: a connection that broke, a leader that moved, a broker that starts. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || refusalIn(error) !== undefined) return false
  if (findErrorBy(error, 'closed', true) !== null) return false
  const isStale = findErrorBy(error, 'hasStaleMetadata', true) !== null
  if (isStale || hasCode(error, 'PLT_KFK_NETWORK')) return true
  const answer = findErrorBy(error, 'code', 'PLT_KFK_PROTOCOL')
  return answer === null ? !hasCode(error, 'PLT_KFK_USER') : answer.canRetry === true
}

/** The sentence of the innermost cause: the outer ones only say that something failed. */
export function reasonOf(error: unknown): string {
  const innermost = [...within(error)].findLast((each) => !(each instanceof AggregateError))
  return innermost?.message || String(error)
}
