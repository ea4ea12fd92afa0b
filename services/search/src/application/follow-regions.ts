import { type ListedRegion, regionListed } from '@eip/contracts'
import type { Delivery, EventBus } from '@eip/event-bus'
import { followTopics } from './follow-topics.ts'

export const regionTopics = Object.freeze([regionListed])

/** Which bit of a product's coverage stands for a region. */
export type Regions = Readonly<{
  /** null: nobody delivers by this region's name, so that nothing is held back for it. */
  bitOf(region: string | undefined): number | null
  start(): Promise<void>
  missing(): string | null
  stop(): Promise<void>
}>

/** Follows the regions that logistics lists; a bit is never given to another region. */
export function followRegions({ bus }: Readonly<{ bus: EventBus }>): Regions {
  const bits = new Map<string, number>()
  const handle = async (deliveries: readonly Delivery[]) => {
    for (const { event } of deliveries) if (!event.deleted) bits.set(event.key, (event.payload as ListedRegion).bit)
  }
  const following = followTopics(bus, regionTopics, handle)
  return Object.freeze({
    bitOf: (region) => (region === undefined ? null : (bits.get(region) ?? null)),
    start: following.start,
    missing: () => (following.hasCaughtUp() ? null : 'the regions are not all known yet'),
    stop: following.stop,
  })
}
