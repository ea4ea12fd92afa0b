import { join } from 'node:path'
import type { ImportedOrder, Order } from '@eip/contracts'
import { outboxMigrations } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { seededRandom } from '@eip/kernel'
import { type Lake, openLake } from '@eip/lake'
import { keepOrderLines, keepRegionPlaces, orderRows, readOlist } from '@eip/pipeline-olist'
import { rejectedRows } from '@eip/pipeline-products'
import { learnHistory, type Sums } from '@eip/service-logistics'
import { type FactTables, factStoreMigrations, sqlFactStore } from '@eip/service-logistics/sql'
import { fakeClock, sharedData, type TemporaryDirectory, temporaryDirectory } from '@eip/testkit'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recomputeRates } from './recompute-rates.ts'

const day = 86_400_000
const now = Date.UTC(2026, 0, 1)

const toldOf = (row: ImportedOrder): Order => ({
  ...row,
  ...{ source: 'import', total: row.lines[0]!.unitPrice, weight: row.weight ?? 1 },
  lines: row.lines.map(({ title = '', returned = 0, ...line }) => ({ ...line, title, returned })),
})

/** Sums as logistics has them after it was told of these orders, batch by batch. */
async function learned(
  batches: readonly (readonly ImportedOrder[])[],
  places: Parameters<ReturnType<typeof learnHistory>['place']>[0],
): Promise<ReadonlyMap<string, Sums>> {
  const migrations = [factStoreMigrations, outboxMigrations]
  const database = await openSqliteDatabase<FactTables>({ file: ':memory:', migrations })
  try {
    const factStore = sqlFactStore({ database, outbox: sqliteOutbox(database) })
    const history = learnHistory({ factStore, clock: fakeClock(now) })
    await history.place(places)
    for (const batch of batches) await history.take(batch.map(toldOf))
    const facts = await factStore.page<Sums>('sum', null, 1_000_000)
    // What only foretelling knows stands under keys of its own; a key of an order that was taken back may stand with nothing.
    const sums = facts.filter(({ key, content }) => !key.startsWith('known ') && content.orders > 0)
    return new Map(sums.map(({ key, content }) => [key, content]))
  } finally {
    await database.close()
  }
}

/** Counts exactly; what is weighed as far as the order of additions allows. */
function expectSame(recomputed: ReadonlyMap<string, Sums>, incremental: ReadonlyMap<string, Sums>): void {
  expect([...recomputed.keys()].sort()).toEqual([...incremental.keys()].sort())
  for (const [key, sums] of incremental)
    for (const [name, value] of Object.entries(sums)) {
      const other = recomputed.get(key)![name as keyof Sums]
      const allowed = /^[wp][A-Z]/.test(name) ? 1e-9 * Math.max(1e-9, Math.abs(value)) : 0
      if (!(Math.abs(other - value) <= allowed)) expect({ key, name, value: other }).toEqual({ key, name, value })
    }
}

/** In batches, each batch in any order and some of them twice. */
function shuffled(orders: readonly ImportedOrder[], seed: number, size: number): readonly (readonly ImportedOrder[])[] {
  const random = seededRandom(seed)
  const mixed = orders.map((order) => [random.next(), order] as const).toSorted(([a], [b]) => a - b)
  const batches = Array.from({ length: Math.ceil(mixed.length / size) }, (_, at) =>
    mixed.slice(at * size, (at + 1) * size).map(([, order]) => order),
  )
  return [...batches, ...batches.filter(() => random.next() < 0.2)]
}

let at: TemporaryDirectory
let lake: Lake
beforeEach(async () => {
  at = temporaryDirectory()
  lake = await openLake(join(at.path, 'lake'))
})
afterEach(async () => {
  await lake.close()
  at[Symbol.dispose]()
})

async function keep(orders: readonly ImportedOrder[]): Promise<void> {
  const kept = await keepOrderLines({ lake, part: 'olist' })
  await kept.append(orders)
  await kept.commit()
}

const data = sharedData('olist-8k')
describe.skipIf(!data.isThere)(`what Olist teaches of deliveries ${data.skipReason}`, () => {
  it('is the same, learned order by order and computed from the lake', { timeout: 300_000 }, async () => {
    const rejected = rejectedRows(join(at.path, 'rejected.jsonl'))
    const { sources } = await readOlist({ directory: data.path, lake, rejected })
    const places = await keepRegionPlaces({ lake, sources })
    const orders: ImportedOrder[] = []
    const named = (id: string) => ({ id, title: id, categoryPath: [`category ${id.slice(0, 1)}`] })
    for await (const batch of orderRows({ lake, sources }, named)) orders.push(...batch)
    await keep(orders)
    const recomputed = (await recomputeRates(lake, now))!
    expect(recomputed.sums.get('all ')!.orders).toBe(orders.length)
    expectSame(recomputed.sums, await learned(shuffled(orders, 1, 400), places))
  })
})

const someTime = fc.integer({ min: 0, max: 200 }).map((days) => now - days * day)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4 })
// Where a product is shipped from is a matter of the product: an order that does not say it goes by what was said before.
const line = fc
  .record({
    product: fc.integer({ min: 0, max: 5 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    back: fc.integer({ max: 3, min: 0 }),
  })
  .map(({ product, quantity, back }) => ({
    ...{ productId: `p${product}`, quantity, returned: Math.min(quantity, back), title: '' },
    ...{ unitPrice: { amount: 100, currency: 'BRL' }, seller: product === 5 ? null : `s${product % 3}` },
    ...{
      sellerRegion: product === 4 ? null : ['SP', 'RJ'][product % 2]!,
      categoryPath: product === 3 ? [] : ['a', `b${product % 2}`],
    },
  }))
const history = fc.array(
  fc.record({
    ...{
      placedAt: someTime,
      took: maybe(fc.integer({ min: -3, max: 400 })),
      promised: maybe(fc.integer({ min: 1, max: 30 })),
    },
    ...{ region: maybe(fc.constantFrom('SP', 'RJ', 'AM')), score: maybe(fc.integer({ min: 1, max: 5 })) },
    ...{
      isCancelled: fc.boolean(),
      weight: fc.constantFrom(1, 0.05),
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    },
  }),
  { minLength: 1, maxLength: 25 },
)

describe('sums of any history', () => {
  it('are the same, learned order by order and computed from the lake', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 1_000 }), async (rows, seed) => {
        const orders = rows.map(({ placedAt, took, promised, score, isCancelled, ...order }, n): ImportedOrder => {
          const hasArrived = took !== null && !isCancelled
          return {
            ...{ orderId: `o${n}`, customer: 'c', reason: '', ...order, placedAt, paidAt: null, shippedAt: null },
            ...{ state: isCancelled ? 'cancelled' : hasArrived ? 'delivered' : 'paid', returnedAt: null },
            ...{ deliveredAt: hasArrived ? placedAt + took * day : null, cancelledAt: isCancelled ? placedAt : null },
            ...{ promisedAt: promised === null ? null : placedAt + promised * day },
            review: score === null ? null : { score, at: placedAt },
          }
        })
        await keep(orders)
        const recomputed = await recomputeRates(lake, now)
        expectSame(recomputed?.sums ?? new Map(), await learned(shuffled(orders, seed, 7), []))
      }),
      { numRuns: 40 },
    )
  })
})
