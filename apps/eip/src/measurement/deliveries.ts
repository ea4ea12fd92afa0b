import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Calibration, ImportedOrder, Order } from '@eip/contracts'
import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { systemClock } from '@eip/kernel'
import { openLake } from '@eip/lake'
import { keepRegionPlaces, orderRows, readOlist } from '@eip/pipeline-olist'
import { rejectedRows } from '@eip/pipeline-products'
import { type CalibrationSums, calibrationOf, learnHistory, withoutSums } from '@eip/service-logistics'
import { type FactTables, factStoreMigrations, sqlFactStore } from '@eip/service-logistics/sql'

/** Of all deliveries, of those before the last fifth of the orders, and of that fifth. */
export type DeliveryCases = Readonly<Record<'all' | 'first four fifths' | 'last fifth', Calibration>>

type Options = Readonly<{ directory: string; report: (text: string) => void }>

const ordersAtOnce = 200

const orderOf = (row: ImportedOrder): Order => ({
  ...row,
  source: 'import',
  total: row.lines[0]!.unitPrice,
  lines: row.lines.map(({ title = '', returned = 0, ...line }) => ({ ...line, title, returned })),
})

/**
 * Foretells every delivery of Olist's files from what had arrived when it was ordered, as the service does, one order after the other.
 * Nothing is fitted to what comes later.
 */
export async function deliveryCases({ directory, report }: Options): Promise<DeliveryCases> {
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'eip-bench-deliveries-')), (path) =>
    rm(path, { recursive: true, force: true, maxRetries: 5 }),
  )
  const lake = opened.adopt(await openLake(folder), (each) => each.close())
  const rejected = rejectedRows(join(folder, 'rejected.jsonl'))
  const { sources } = await readOlist({
    directory,
    lake,
    rejected,
    onProgress: ({ table }) => report(`reading ${table}`),
  })
  const orders: Order[] = []
  const named = (id: string) => ({ id, title: id, categoryPath: [] })
  for await (const batch of orderRows({ lake, sources }, named, ordersAtOnce)) orders.push(...batch.map(orderOf))
  const migrations = [factStoreMigrations, outboxMigrations]
  const database = opened.adopt(await openSqliteDatabase<FactTables>({ file: ':memory:', migrations }), (each) =>
    each.close(),
  )
  const history = learnHistory({
    factStore: sqlFactStore({ database, outbox: sqliteOutbox(database) }),
    clock: systemClock,
  })
  await history.place(await keepRegionPlaces({ lake, sources }))
  const lastFifth = Math.floor((orders.length * 0.8) / ordersAtOnce) * ordersAtOnce
  let before: CalibrationSums | undefined
  let all: CalibrationSums | undefined
  for (let start = 0; start < orders.length; start += ordersAtOnce) {
    if (start === lastFifth) before = all
    all = await history.take(orders.slice(start, start + ordersAtOnce))
    report(`${Math.min(orders.length, start + ordersAtOnce)} of ${orders.length} orders`)
  }
  return {
    all: calibrationOf(all!),
    'first four fifths': calibrationOf(before!),
    'last fifth': calibrationOf(withoutSums(all!, before!)),
  }
}
