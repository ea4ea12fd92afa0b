import { logisticsContract, regionListed, scoreChanged } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { EventBus, Reading } from '@eip/event-bus'
import type { Clock } from '@eip/kernel'
import { defineService } from '@eip/runtime'
import type { Logger } from '@eip/telemetry'
import { answerLogistics } from './application/answer-logistics.ts'
import { followFacts, group, topics } from './application/follow-facts.ts'
import { goRound } from './application/go-round.ts'
import { repeatRounds } from './application/repeat-rounds.ts'
import type { FactStore } from './ports/fact-store.port.ts'

/** The relay must stand on the outbox that the store writes to, and know the topics `scoreChanged` and `regionListed`. */
export type LogisticsNeeds = Readonly<{
  factStore: FactStore
  outboxRelay: OutboxRelay
  bus: EventBus
  clock: Clock
  logger: Logger
  /** A score is told when it moved by so much. Default 0.01. */
  scoreStep?: number
  /** How often products are looked through whose score moved because others did. Default 1,000. */
  roundEveryMs?: number
}>

/** Learns from orders, deliveries, returns and stock how well each product is delivered. */
export const logistics = defineService({
  name: 'logistics',
  contract: logisticsContract,
  calls: [],
  consumes: { [group]: topics },
  publishes: [scoreChanged, regionListed],
  build({ scoreStep: step = 0.01, roundEveryMs: everyMs = 1_000, ...needs }: LogisticsNeeds) {
    const { outboxRelay, logger } = needs
    const rounds = repeatRounds({ everyMs, logger, work: (signal) => goRound({ ...needs, step }, signal) })
    let following: Reading | undefined
    return {
      handlers: answerLogistics({ ...needs, step }),
      async start() {
        outboxRelay.start()
        following = followFacts({ ...needs, step, moved: rounds.ask })
        rounds.start()
      },
      missing: () => following?.trouble() ?? null,
      async drain() {
        await following?.close()
      },
      async stop() {
        await following?.close()
        await rounds.stop()
        await outboxRelay.close()
      },
    }
  },
})
