export { eventBusFailure } from './event-bus.failure.ts'
export type {
  Delivery,
  EventBus,
  Following,
  FollowOptions,
  Handler,
  ParkedCount,
  ParkedMessage,
  Parking,
  ReplayFrom,
  SubscribeOptions,
  Subscription,
} from './event-bus.port.ts'
export type { Observation, Observe } from './log/observation.ts'
export { followGroup } from './log/options.ts'
export { positionKey, positionsAfter } from './position.ts'
export { type Reading, startReading } from './reading.ts'
