import { join } from 'node:path'
import {
  type Envelope,
  type PublishedPolicyEvent,
  policyPublished,
  type RankingContract,
  rankingContract,
} from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import type { EventBus } from '@eip/event-bus'
import { memoryEventBus } from '@eip/event-bus/memory'
import { type Client, inProcessClient, serveContract } from '@eip/rpc'
import { type FakeClock, fakeClock, temporaryDirectory, until } from '@eip/testkit'
import {
  type JudgmentTables,
  judgmentStoreMigrations,
  type PolicyTables,
  policyStoreMigrations,
  sqlJudgmentStore,
  sqlPolicyStore,
} from '../adapters/sql.ts'
import { ranking } from '../ranking.service.ts'

/** One running service, with a client that speaks to it. */
export type Running = Readonly<{
  client: Client<RankingContract>
  /** Ends it, as a process that is told to. */
  stop(): Promise<void>
}>

/** Files and a bus that outlive the services on them. Nothing is faked but the time, and a bus that is away. */
export type Stage = AsyncDisposable &
  Readonly<{
    clock: FakeClock
    /** What came on the topic, in order, from its start on. */
    published: readonly Envelope<PublishedPolicyEvent>[]
    hasPublished(versions: readonly number[]): Promise<unknown>
    /** How the bus takes what it is given: not at all, without telling that it did, or well. */
    letBus(behave: 'fail' | 'lose-answers' | 'work'): void
    start(): Promise<Running>
  }>

const migrations = [policyStoreMigrations, judgmentStoreMigrations, outboxMigrations]

async function startRanking(file: string, bus: Pick<EventBus, 'publish'>, clock: FakeClock): Promise<Running> {
  const database = await openSqliteDatabase<PolicyTables & JudgmentTables>({ file, migrations })
  const outbox = sqliteOutbox(database)
  const relay = outboxRelay({ outbox, bus, topics: [policyPublished], onTrouble: () => {}, retryDelayMs: 1 })
  const stores = { policies: sqlPolicyStore({ database, outbox }), judgments: sqlJudgmentStore(database) }
  const service = ranking.build({ ...stores, outboxRelay: relay, clock }, () => {
    throw new Error('ranking calls nobody')
  })
  await service.start?.()
  let isStopped = false
  return {
    client: inProcessClient(serveContract(rankingContract, service.handlers)),
    async stop() {
      if (isStopped) return
      isStopped = true
      await service.stop?.()
      await database.close()
    },
  }
}

export async function openStage(): Promise<Stage> {
  const folder = temporaryDirectory()
  const clock = fakeClock()
  const bus = await memoryEventBus()
  let behaviour: 'fail' | 'lose-answers' | 'work' = 'work'
  const publish: EventBus['publish'] = async (topic, events) => {
    if (behaviour === 'fail') throw new Error('the bus is away')
    await bus.publish(topic, events)
    if (behaviour === 'lose-answers') throw new Error('the answer was lost')
  }
  const published: Envelope<PublishedPolicyEvent>[] = []
  const following = await bus.follow({
    topics: [policyPublished],
    handle: async (deliveries) => {
      published.push(...deliveries.map(({ event }) => event as Envelope<PublishedPolicyEvent>))
    },
  })
  const versions = () => published.map(({ version }) => version).join()
  const running: Running[] = []
  return {
    clock,
    published,
    hasPublished: (expected) =>
      until(`versions ${expected.join(', ')} were published`, () => versions() === expected.join()),
    letBus(behave) {
      behaviour = behave
    },
    async start() {
      const service = await startRanking(join(folder.path, 'ranking.sqlite'), { publish }, clock)
      running.push(service)
      return service
    },
    async [Symbol.asyncDispose]() {
      for (const service of running) await service.stop()
      await following.close()
      await bus.close()
      folder[Symbol.dispose]()
    },
  }
}
