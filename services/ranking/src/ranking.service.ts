import { policyPublished, rankingContract } from '@eip/contracts'
import type { OutboxRelay } from '@eip/database'
import type { Clock } from '@eip/kernel'
import { defineService } from '@eip/runtime'
import { manageJudgments } from './application/manage-judgments.ts'
import { managePolicies, publishFirst } from './application/manage-policies.ts'
import type { JudgmentStore } from './ports/judgment-store.port.ts'
import type { PolicyStore } from './ports/policy-store.port.ts'

/** The relay must stand on the outbox that the policy store writes to, and know the topic `policyPublished`. */
export type RankingNeeds = Readonly<{
  policies: PolicyStore
  judgments: JudgmentStore
  outboxRelay: OutboxRelay
  clock: Clock
}>

/** Owns how a shop ranks (policies), and how well products answer queries (judgments). */
export const ranking = defineService({
  name: 'ranking',
  contract: rankingContract,
  calls: [],
  consumes: {},
  publishes: [policyPublished],
  build({ outboxRelay, ...needs }: RankingNeeds) {
    return {
      handlers: { ...managePolicies(needs), ...manageJudgments(needs) },
      async start() {
        outboxRelay.start()
        await publishFirst(needs)
      },
      stop: () => outboxRelay.close(),
    }
  },
})
