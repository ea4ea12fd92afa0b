import type { Order } from '@eip/contracts'
import type { Clock } from '@eip/kernel'
import type { CalibrationSums } from '../domain/calibration.ts'
import type { FactStore } from '../ports/fact-store.port.ts'
import { estimateStrengths } from './go-round.ts'
import { learnOrders } from './learn-orders.ts'
import { readNote } from './notes.ts'

/** Learns from orders as they come, as the service does, and tells how well each was foretold before it arrived. */
export const learnHistory = ({ factStore, clock }: Readonly<{ factStore: FactStore; clock: Clock }>) =>
  Object.freeze({
    async take(orders: readonly Order[]): Promise<CalibrationSums> {
      const given = orders.map((order) => ({ orderId: order.orderId, version: 1, order }))
      await factStore.change((facts) => learnOrders(facts, given, clock))
      await estimateStrengths(factStore, new AbortController().signal)
      return readNote(factStore, 'calibration')
    },
  })
