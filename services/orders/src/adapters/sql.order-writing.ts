import { orderChanged, purchase } from '@eip/contracts'
import { type Outbox, type Transaction, timeSlice } from '@eip/database'
import type { OrderChange, StandingOrder } from '../domain/order-change.ts'
import { marksOf, type PurchaseMark, type PurchaseSpan, spanKey, takeMarks } from '../domain/repurchase.ts'
import { inChunks, type OrderQuery, type OrderTables } from './sql.order-tables.ts'

/** A change with where its order stood before it. */
export type WrittenChange = Readonly<{ before: StandingOrder | null; change: OrderChange }>

const rowOf = ({ order, version }: OrderChange): OrderTables['shop_order'] => ({
  ...{ order_id: order.orderId, version, customer: order.customer, state: order.state },
  ...{ placed_at: order.placedAt, content: JSON.stringify(order) },
})

async function writeRows(query: OrderQuery, rows: readonly OrderTables['shop_order'][]): Promise<void> {
  const slice = timeSlice()
  for (const chunk of inChunks(rows)) {
    const insert = query.insertInto('shop_order').values(chunk)
    const update = insert.onConflict((conflict) =>
      conflict.column('order_id').doUpdateSet((given) => ({
        version: given.ref('excluded.version'),
        customer: given.ref('excluded.customer'),
        state: given.ref('excluded.state'),
        placed_at: given.ref('excluded.placed_at'),
        content: given.ref('excluded.content'),
      })),
    )
    await update.execute()
    await slice.pause()
  }
}

async function spansOf(query: OrderQuery, marks: readonly PurchaseMark[]): Promise<Map<string, PurchaseSpan>> {
  const asked = new Set(marks.map(spanKey))
  const spans = new Map<string, PurchaseSpan>()
  for (const chunk of inChunks(marks)) {
    const found = query
      .selectFrom('purchase_span')
      .selectAll()
      .where('customer', 'in', [...new Set(chunk.map(({ customer }) => customer))])
      .where('subject', 'in', [...new Set(chunk.map(({ subject }) => subject))])
    for (const { first_at: firstAt, last_at: lastAt, ...row } of await found.execute())
      if (asked.has(spanKey(row))) spans.set(spanKey(row), { firstAt, lastAt })
  }
  return spans
}

async function countRepurchases(query: OrderQuery, marks: readonly PurchaseMark[]): Promise<void> {
  const { spans, intervals } = takeMarks(await spansOf(query, marks), marks)
  for (const chunk of inChunks(spans)) {
    const rows = chunk.map(({ firstAt, lastAt, ...span }) => ({ ...span, first_at: firstAt, last_at: lastAt }))
    const insert = query.insertInto('purchase_span').values(rows)
    await insert
      .onConflict((conflict) =>
        conflict.columns(['customer', 'kind', 'subject']).doUpdateSet((given) => ({
          first_at: given.ref('excluded.first_at'),
          last_at: given.ref('excluded.last_at'),
        })),
      )
      .execute()
  }
  for (const chunk of inChunks(intervals)) {
    const insert = query.insertInto('repurchase_interval').values(chunk)
    await insert
      .onConflict((conflict) =>
        conflict.columns(['kind', 'subject', 'days']).doUpdateSet((given) => ({
          times: given(given.ref('repurchase_interval.times'), '+', given.ref('excluded.times')),
        })),
      )
      .execute()
  }
}

const isPaidNow = ({ before, change }: WrittenChange) =>
  change.order.paidAt !== null && (before === null || before.order.paidAt === null)

/** Writes orders with their events, in a transaction that has the lock on `shop_order`. */
export async function writeOrders<Tx extends Transaction<OrderTables>>(
  tx: Tx,
  outbox: Outbox<NoInfer<Tx>>,
  written: readonly WrittenChange[],
): Promise<void> {
  if (written.length === 0) return
  const last = new Map(written.map(({ change }) => [change.order.orderId, change]))
  await writeRows(tx.query, [...last.values()].map(rowOf))
  const created = written.filter(({ before }) => before === null).length
  if (created > 0)
    await tx.query
      .updateTable('order_tally')
      .set((tally) => ({ orders: tally('orders', '+', created) }))
      .execute()
  const slice = timeSlice()
  for (const chunk of inChunks(written, 100)) {
    const events = chunk.map(({ change }) => change.changed)
    await outbox.add(tx, orderChanged, events)
    await slice.pause()
  }
  const purchases = written.flatMap(({ change }) => (change.purchase === null ? [] : [change.purchase]))
  if (purchases.length > 0) await outbox.add(tx, purchase, purchases)
  const refunds = written.filter(({ change }) => change.isRefundDue).map(({ change }) => change.order.orderId)
  for (const chunk of inChunks(refunds)) {
    const insert = tx.query.insertInto('refund_due').values(chunk.map((id) => ({ order_id: id })))
    await insert.onConflict((conflict) => conflict.doNothing()).execute()
  }
  const marks = written.filter(isPaidNow).flatMap(({ change }) => marksOf(change.order))
  if (marks.length > 0) await countRepurchases(tx.query, marks)
}
