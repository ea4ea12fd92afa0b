import type { Order } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { CalibrationSums } from '../domain/calibration.ts'
import type { Place } from '../domain/distance.ts'
import type { FactStore } from '../ports/fact-store.port.ts'
import { estimateStrengths } from './go-round.ts'
import { learnOrders } from './learn-orders.ts'
import { readNote } from './notes.ts'
import { keepPlaces } from './place-regions.ts'

/** Learns from orders as they come, as the service does, and tells how well each was foretold before it arrived. */
export const learnHistory = ({ factStore, clock }: Readonly<{ factStore: FactStore; clock: Clock }>) =>
  Object.freeze({
    /** Where regions lie: before orders are taken, for these to count by distance. */
    async place(regions: readonly (Place & Readonly<{ region: string }>)[]): Promise<void> {
      await keepPlaces(factStore, regions)
    },
    async take(orders: readonly Order[]): Promise<CalibrationSums> {
      const given = orders.map((order) => ({ orderId: order.orderId, version: 1, order }))
      await factStore.change((facts) => learnOrders(facts, given, clock))
      await estimateStrengths(factStore, new AbortController().signal)
      return readNote(factStore, 'calibration')
    },
  })
