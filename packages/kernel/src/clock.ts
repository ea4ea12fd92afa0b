/** Time is an argument: everything that asks what time it is takes a Clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
}

export const systemClock: Clock = Object.freeze({ now: () => Date.now() })
