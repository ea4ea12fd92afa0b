import { setTimeout as wait } from 'node:timers/promises'
import {
  gatewayContract,
  type InventoryContract,
  inventoryContract,
  type LogisticsContract,
  logisticsContract,
  type OrdersContract,
  ordersContract,
} from '@eip/contracts'
import type { InputOf, OutputOf } from '@eip/rpc'
import type { z } from 'zod'
import type { Platform } from './platform.ts'

/** `behind`: changes of orders that logistics has not learned yet; `unpublished`: events of stock, orders and deliveries not on the bus. */
export type LearningState = Readonly<{ behind: number; unpublished: number }>

/** What a command may do with orders and stock. */
export type Supply = Readonly<{
  /** Up to 500 orders of another system's history. */
  importOrders(orders: readonly object[]): Promise<OutputOf<OrdersContract['importOrders']>>
  /** What was counted, up to 1,000 rows; the same operation again changes nothing. */
  countStock(counted: Counted): Promise<OutputOf<InventoryContract['countStock']>>
  listStock(after: string | undefined): Promise<OutputOf<InventoryContract['listStock']>>
  /** Where regions lie: before orders are imported, for these to count by distance. */
  placeRegions(regions: readonly RegionPlace[]): Promise<OutputOf<LogisticsContract['placeRegions']>>
  /** What logistics tells of its largest groups. */
  rates(by: RateKind, limit: number): Promise<OutputOf<LogisticsContract['listRates']>>
  learning(): Promise<LearningState>
}>

export type RegionPlace = InputOf<LogisticsContract['placeRegions']>['regions'][number]
type RateKind = InputOf<LogisticsContract['listRates']>['by']
export type Counted = Readonly<{ operationId: string; rows: readonly object[]; isGenerated?: boolean }>

const by = 'eip import'
type Rows = InputOf<InventoryContract['countStock']>['rows']
const rowsOf = (rows: readonly object[]) => [...rows] as Rows

/** Of services that this process runs. */
export function ownSupply({ client }: Pick<Platform, 'client'>, deadlineMs: number): Supply {
  const orders = client(ordersContract)
  const inventory = client(inventoryContract)
  const logistics = client(logisticsContract)
  // Beside it in the same process others learn from what it takes in: nobody waits for an answer but this command.
  const patience = { deadlineMs: Math.max(deadlineMs, 120_000) }
  return Object.freeze({
    importOrders: (rows) => orders.importOrders({ orders: rowsOf(rows) }, patience),
    countStock: ({ rows, ...counted }) => inventory.countStock({ ...counted, rows: rowsOf(rows), by }, patience),
    listStock: (after) => inventory.listStock({ limit: 1_000, ...(after === undefined ? {} : { after }) }, patience),
    placeRegions: (regions) => logistics.placeRegions({ regions: [...regions] }, patience),
    rates: (kind, limit) => logistics.listRates({ by: kind, limit }, patience),
    async learning() {
      // In the order in which changes travel: none is missed because it moved on between two answers.
      const told = await orders.statistics({}, patience)
      const stock = await inventory.statistics({}, patience)
      const { behind, unpublishedEvents } = await logistics.statistics({}, patience)
      return { behind, unpublished: told.unpublishedEvents + stock.unpublishedEvents + unpublishedEvents }
    },
  } satisfies Supply)
}

type Ask = <Schema extends z.ZodType>(path: string, schema: Schema, body?: object) => Promise<z.infer<Schema>>
type Patiently = <T>(work: () => Promise<T>) => Promise<T>

/** Of a platform that runs elsewhere. */
export function runningSupply(ask: Ask, patiently: Patiently): Supply {
  const imported = gatewayContract.importOrders['~orpc'].outputSchema!
  const counted = gatewayContract.countStock['~orpc'].outputSchema!
  const listed = gatewayContract.listStock['~orpc'].outputSchema!
  const rates = gatewayContract.listRates['~orpc'].outputSchema!
  const placed = gatewayContract.placeRegions['~orpc'].outputSchema!
  const orders = gatewayContract.orderStatistics['~orpc'].outputSchema!
  const stock = gatewayContract.stockStatistics['~orpc'].outputSchema!
  const logistics = gatewayContract.logisticsStatistics['~orpc'].outputSchema!
  return Object.freeze({
    importOrders: (rows) => patiently(() => ask('/operations/orders/import', imported, { orders: rows })),
    countStock: (count) => patiently(() => ask('/stock/counts', counted, count)),
    listStock: (after) =>
      patiently(() =>
        ask(`/stock?limit=1000${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`, listed),
      ),
    placeRegions: (regions) => patiently(() => ask('/logistics/regions', placed, { regions })),
    rates: (kind, limit) => patiently(() => ask(`/logistics/rates?by=${kind}&limit=${limit}`, rates)),
    async learning() {
      const told = await patiently(() => ask('/operations/order-statistics', orders))
      const counts = await patiently(() => ask('/operations/stock', stock))
      const { behind, unpublishedEvents } = await patiently(() => ask('/operations/logistics', logistics))
      return { behind, unpublished: told.unpublishedEvents + counts.unpublishedEvents + unpublishedEvents }
    },
  } satisfies Supply)
}

/** Waits until logistics has learned from everything that was accepted, and all of it is on the bus. */
export async function untilLearned(
  { supply }: Readonly<{ supply: Pick<Supply, 'learning'> }>,
  report: (state: LearningState) => void,
): Promise<void> {
  for (;;) {
    const state = await supply.learning()
    report(state)
    if (state.behind === 0 && state.unpublished === 0) return
    await wait(100)
  }
}
