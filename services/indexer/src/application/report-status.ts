import type { IndexerContract } from '@eip/contracts'
import type { EventBus } from '@eip/event-bus'
import type { ProductIndexWriter } from '@eip/product-index/writer'
import type { Handlers } from '@eip/rpc'
import { group, topics } from './keep-view-true.ts'

/** How far the view is: what it holds, what is still on its way, and what was set aside. */
export function reportStatus({
  bus,
  writer,
}: Readonly<{ bus: EventBus; writer: ProductIndexWriter }>): Handlers<IndexerContract>['status'] {
  return async () => {
    const [lag, parked] = await Promise.all([bus.lag(group, topics), bus.parking.groups()])
    const { documents, generation } = writer.statistics()
    return {
      documents,
      lag: Object.values(lag).reduce((sum, events) => sum + events, 0),
      parked: parked.find((each) => each.group === group)?.messages ?? 0,
      generation,
    }
  }
}
