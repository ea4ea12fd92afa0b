import type { Transaction } from '@eip/database'
import type { OrderDecision, StandingOrder } from '../domain/order-change.ts'
import type { FactKind } from '../domain/repurchase.ts'
import type { OrderStore, OrdersAsked } from '../ports/order-store.port.ts'
import {
  type OrderQuery,
  type OrderTables,
  orderOfRow,
  type SqlOrderStoreOptions,
  standingsIn,
} from './sql.order-tables.ts'
import { type WrittenChange, writeOrders } from './sql.order-writing.ts'

/** Decides each request by what those before it left; nothing is written. */
function decided<Request extends Readonly<{ orderId: string }>, Answer>(
  requests: readonly Request[],
  standings: Map<string, StandingOrder>,
  decide: (request: Request, standing: StandingOrder | null) => OrderDecision<Answer>,
) {
  const answers: Answer[] = []
  const written: WrittenChange[] = []
  for (const request of requests) {
    const before = standings.get(request.orderId) ?? null
    const { answer, change } = decide(request, before)
    answers.push(answer)
    if (change === null) continue
    written.push({ before, change })
    standings.set(request.orderId, { order: change.order, version: change.version })
  }
  return { answers, written }
}

async function listed(query: OrderQuery, { customer, state, before, limit }: OrdersAsked) {
  let asked = query.selectFrom('shop_order').select('content')
  if (customer !== undefined) asked = asked.where('customer', '=', customer)
  if (state !== undefined) asked = asked.where('state', '=', state)
  if (before !== undefined)
    asked = asked
      .where('placed_at', '<=', before.placedAt)
      .where(({ eb, or }) => or([eb('placed_at', '<', before.placedAt), eb('order_id', '<', before.orderId)]))
  return asked.orderBy('placed_at', 'desc').orderBy('order_id', 'desc').limit(limit).execute()
}

export function sqlOrderStore<Tx extends Transaction<OrderTables>>({
  database,
  outbox,
}: SqlOrderStoreOptions<Tx>): OrderStore {
  return Object.freeze({
    change: <Request extends Readonly<{ orderId: string }>, Answer>(
      requests: readonly Request[],
      decide: (request: Request, standing: StandingOrder | null) => OrderDecision<Answer>,
    ) =>
      database.transaction(async (tx) => {
        await tx.lock('shop_order')
        const standings = await standingsIn(
          tx.query,
          requests.map(({ orderId }) => orderId),
        )
        const { answers, written } = decided(requests, standings, decide)
        await writeOrders(tx, outbox, written)
        return answers
      }),
    async read(orderId) {
      const asked = database.query.selectFrom('shop_order').select('content').where('order_id', '=', orderId)
      const row = await asked.executeTakeFirst()
      return row === undefined ? null : orderOfRow(row)
    },
    list: async (asked) => (await listed(database.query, asked)).map(orderOfRow),
    async count() {
      return (await database.query.selectFrom('order_tally').select('orders').executeTakeFirstOrThrow()).orders
    },
    intervals: (kind: FactKind, subject: string) =>
      database.query
        .selectFrom('repurchase_interval')
        .select(['days', 'times'])
        .where('kind', '=', kind)
        .where('subject', '=', subject)
        .orderBy('days')
        .execute(),
    async refundsDue(limit) {
      const rows = await database.query.selectFrom('refund_due').select('order_id').limit(limit).execute()
      return rows.map(({ order_id: orderId }) => orderId)
    },
    async refunded(orderId) {
      await database.query.deleteFrom('refund_due').where('order_id', '=', orderId).execute()
    },
  } satisfies OrderStore)
}
