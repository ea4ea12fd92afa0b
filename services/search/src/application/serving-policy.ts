import { type PublishedPolicyEvent, policyPublished } from '@eip/contracts'
import { type Policy, parsePolicy, policyName } from '@eip/engine-ranking'
import type { Delivery, EventBus } from '@eip/event-bus'
import type { Logger } from '@eip/telemetry'
import { followTopics } from './follow-topics.ts'

export const policyTopics = Object.freeze([policyPublished])

/** The policy that `mode: ranked` ranks by. */
export type ServingPolicy = Readonly<{
  current(): Policy
  start(): Promise<void>
  missing(): string | null
  stop(): Promise<void>
}>

type Needs = Readonly<{
  bus: EventBus
  logger: Logger
  /** Until one is published. */
  policy: Policy
}>

/** What a policy is made of; what a writer of tomorrow adds is let pass. */
const policyIn = ({ id, version, schema, weights, features, guards }: PublishedPolicyEvent) => ({
  ...{ id, version, schema, weights, features },
  ...(guards !== undefined && { guards }),
})

/** Follows what ranking publishes: the newest holds in every process at once. One that cannot be read leaves the one before. */
export function servingPolicy({ bus, logger, policy }: Needs): ServingPolicy {
  let current = policy
  let newest = -1
  const handle = async (deliveries: readonly Delivery[]) => {
    for (const { event } of deliveries) {
      if (event.deleted || event.version <= newest) continue
      newest = event.version
      const { version } = event
      try {
        current = parsePolicy(policyIn(event.payload as PublishedPolicyEvent))
        logger.info({ policy: policyName(current) }, 'hits are ranked by another policy')
      } catch (error) {
        logger.error({ err: error, version }, 'the published policy cannot be read')
      }
    }
  }
  const following = followTopics(bus, policyTopics, handle)
  return Object.freeze({
    current: () => current,
    start: following.start,
    missing: () => (following.hasCaughtUp() ? null : 'the ranking policy is not known yet'),
    stop: following.stop,
  })
}
