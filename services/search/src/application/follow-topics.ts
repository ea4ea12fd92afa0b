import type { Topic } from '@eip/contracts'
import type { EventBus, Following, Handler } from '@eip/event-bus'

/** Reading all that some topics hold, in every process. */
export type TopicFollowing = Readonly<{
  start(): Promise<void>
  /** Whether everything has been handled that was in the topics at the start. */
  hasCaughtUp(): boolean
  stop(): Promise<void>
}>

export function followTopics(bus: EventBus, topics: readonly Topic[], handle: Handler): TopicFollowing {
  let following: Following | null = null
  let hasCaughtUp = false
  return Object.freeze({
    async start() {
      following = await bus.follow({ topics, handle })
      following.caughtUp.then(
        () => {
          hasCaughtUp = true
        },
        () => {}, // It was stopped before.
      )
    },
    hasCaughtUp: () => hasCaughtUp,
    stop: async () => following?.close(),
  })
}
