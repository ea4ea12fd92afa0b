import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { outboxMigrations } from '@eip/database'
import { postgresOutbox, postgresOutboxMigrations } from '@eip/database/postgres'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { temporarySchema } from '@eip/database/testing'
import { systemClock } from '@eip/kernel'
import { newTrace } from '@eip/rpc'
import { temporaryDirectory, testEngines } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { postgresStockLedger } from './adapters/postgres.stock-ledger.ts'
import { type LedgerTables, stockLedgerMigrations } from './adapters/sql.ledger-tables.ts'
import { sqliteStockLedger } from './adapters/sqlite.stock-ledger.ts'
import { ledgerWriter } from './application/ledger-writer.ts'
import { decideReceipt } from './domain/stocking.ts'
import type { StockLedger } from './ports/stock-ledger.port.ts'

const from = (file: string) => `'${new URL(file, import.meta.url).href}'`
const ofDatabase = (name: string) => `'${import.meta.resolve(`@eip/database/${name}`)}'`

/** Eight callers sell one product for ever, and say what was answered. `opened` makes `database`, `outbox` and `ledger`. */
const endlessSale = (opened: string) => `
  import { systemClock } from '${import.meta.resolve('@eip/kernel')}'
  import { newTrace } from '${import.meta.resolve('@eip/rpc')}'
  import { ledgerWriter } from ${from('./application/ledger-writer.ts')}
  import { keepReservations } from ${from('./application/keep-reservations.ts')}
  import { stockLedgerMigrations } from ${from('./adapters/sql.ledger-tables.ts')}
  ${opened}
  const writer = ledgerWriter({ ledger, clock: systemClock })
  const { reserve, confirm, release } = keepReservations({ writer, metrics: { reserved() {} } })
  const call = { trace: newTrace() }
  const sell = async (caller) => {
    for (let n = 0; ; n++) {
      const reservationId = process.pid + '-' + caller + '-' + n
      const { outcome } = await reserve({ reservationId, lines: [{ productId: 'a', quantity: 2 }], ttlSeconds: 900 }, call)
      if (outcome !== 'reserved') continue
      process.stdout.write('held ' + reservationId + '\\n')
      if (n % 2 === 0) await release({ reservationId }, call)
      else await confirm({ reservationId }, call)
      process.stdout.write((n % 2 === 0 ? 'released ' : 'confirmed ') + reservationId + '\\n')
    }
  }
  await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(sell))`

async function saidUntilKilled(code: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (said.length >= 500 && !child.killed) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return said
}

async function expectTruth(ledger: StockLedger, said: readonly string[]): Promise<void> {
  const unitsOf = (word: string) => said.filter((line) => line.startsWith(`${word} `)).length * 2
  const [stock] = await ledger.stockOf(['a'])
  const sold = 1_000_000 - stock!.onHand
  expect(sold).toBeGreaterThanOrEqual(unitsOf('confirmed'))
  // Of two runs with eight callers each, what was under way may have been done and not answered.
  expect(sold).toBeLessThanOrEqual(unitsOf('confirmed') + 32)
  expect(stock!.reserved).toBeLessThanOrEqual(32)
  expect(await ledger.unbalanced(['a'])).toEqual([])
  expect((await ledger.count()).heldReservations).toBe(stock!.reserved / 2)
}

async function receive(ledger: StockLedger): Promise<void> {
  const writer = ledgerWriter({ ledger, clock: systemClock })
  const lines = [{ productId: 'a', place: 'main', quantity: 1_000_000 }]
  const receipt = { operationId: 'r', lines, note: '', by: 'kim' }
  await writer.write({ productIds: ['a'], operationId: 'r' }, { trace: newTrace() }, (standing, occasion) =>
    decideReceipt(receipt, standing, occasion),
  )
}

describe('kill -9 in the middle of a sale', () => {
  it('leaves all that was answered, and whole changes only, on SQLite', async () => {
    using folder = temporaryDirectory()
    const file = join(folder.path, 'inventory.sqlite')
    const open = () => openSqliteDatabase<LedgerTables>({ file, migrations: [outboxMigrations, stockLedgerMigrations] })
    const before = await open()
    await receive(sqliteStockLedger({ database: before, outbox: sqliteOutbox(before) }))
    await before.close()
    const code = endlessSale(`
      import { outboxMigrations } from '${import.meta.resolve('@eip/database')}'
      import { openSqliteDatabase, sqliteOutbox } from ${ofDatabase('sqlite')}
      import { sqliteStockLedger } from ${from('./adapters/sqlite.stock-ledger.ts')}
      const migrations = [outboxMigrations, stockLedgerMigrations]
      const database = await openSqliteDatabase({ file: ${JSON.stringify(file)}, migrations })
      const ledger = sqliteStockLedger({ database, outbox: sqliteOutbox(database) })`)
    const said = [...(await saidUntilKilled(code)), ...(await saidUntilKilled(code))]
    const database = await open()
    const ledger = sqliteStockLedger({ database, outbox: sqliteOutbox(database) })
    await expectTruth(ledger, said)
    await database.close()
  })

  it.skipIf(testEngines.postgres === undefined)('and on PostgreSQL', async () => {
    const url = testEngines.postgres!
    await using schema = await temporarySchema(url, [stockLedgerMigrations, ...postgresOutboxMigrations])
    const database = await schema.open<LedgerTables>()
    const ledger = postgresStockLedger({ database, outbox: postgresOutbox(database) })
    await receive(ledger)
    const code = endlessSale(`
      import { openPostgresDatabase, postgresOutbox, postgresOutboxMigrations } from ${ofDatabase('postgres')}
      import { postgresStockLedger } from ${from('./adapters/postgres.stock-ledger.ts')}
      const address = { url: ${JSON.stringify(url)}, schema: '${schema.schema}' }
      const migrations = [stockLedgerMigrations, ...postgresOutboxMigrations]
      const database = await openPostgresDatabase({ ...address, migrations, connections: 2 })
      const ledger = postgresStockLedger({ database, outbox: postgresOutbox(database) })`)
    await expectTruth(ledger, [...(await saidUntilKilled(code)), ...(await saidUntilKilled(code))])
  })
})
