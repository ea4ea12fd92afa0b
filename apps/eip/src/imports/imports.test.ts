import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { catalogContract, productChanged } from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { memoryEventBus } from '@eip/event-bus/memory'
import { systemClock } from '@eip/kernel'
import { inProcessClient, serveContract } from '@eip/rpc'
import { catalog } from '@eip/service-catalog'
import {
  type ImportTables,
  importBookMigrations,
  type ProductTables,
  productStoreMigrations,
  sqlImportBook,
} from '@eip/service-catalog/sql'
import { sqliteProductStore } from '@eip/service-catalog/sqlite'
import { silentLogger } from '@eip/telemetry'
import { type TemporaryDirectory, temporaryDirectory, until } from '@eip/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { childImportRunner } from './child.import-runner.ts'

/** The catalogue as the program runs it, its imports in child processes. */
async function startCatalog(folder: string) {
  const database = await openSqliteDatabase<ProductTables & ImportTables>({
    file: join(folder, 'catalog.sqlite'),
    migrations: [outboxMigrations, productStoreMigrations, importBookMigrations],
  })
  const bus = await memoryEventBus()
  const outbox = sqliteOutbox(database)
  const service = catalog.build(
    {
      productStore: sqliteProductStore({ database, outbox }),
      outboxRelay: outboxRelay({ outbox, bus, topics: [productChanged], onTrouble: () => {} }),
      importBook: sqlImportBook({ database }),
      importRunner: childImportRunner({ lake: join(folder, 'lake') }),
      ...{ spoolDirectory: join(folder, 'incoming'), rejectedDirectory: join(folder, 'rejected') },
      ...{ runsImports: true, clock: systemClock, logger: silentLogger },
    },
    () => {
      throw new Error('catalog calls nobody')
    },
  )
  await service.start?.()
  const stop = async () => {
    await service.drain?.()
    await service.stop?.()
    await bus.close()
    await database.close()
  }
  return { client: inProcessClient(serveContract(catalogContract, service.handlers)), stop }
}

let folder: TemporaryDirectory
let running: Awaited<ReturnType<typeof startCatalog>>
beforeEach(async () => {
  folder = temporaryDirectory()
  running = await startCatalog(folder.path)
})
afterEach(async () => {
  await running.stop()
  folder[Symbol.dispose]()
})

const patience = { deadlineMs: 60_000 }

/** Sends a file as a browser does, and answers with its id. */
async function send(file: Buffer, chunkBytes = 100_000): Promise<string> {
  const { client } = running
  const { id } = await client.beginImport({ fileName: 'shop.gz', bytes: file.length, options: {}, by: 'kim' }, patience)
  for (let offset = 0; offset < file.length; offset += chunkBytes) {
    const data = file.subarray(offset, offset + chunkBytes).toString('base64')
    await client.appendImport({ id, offset, data }, patience)
  }
  return id
}
const over = (id: string) =>
  until('the import is over', async () => {
    const found = await running.client.getImport({ id }, patience)
    return found.endedAt === null ? null : found
  })

it('brings in the good rows of a packed file and keeps 5,000 bad ones to be looked through', async () => {
  const good = (i: number) => ({ id: `p${i}`, title: `Product number ${i}`, description: 'of use '.repeat(i % 50) })
  const rows = Array.from({ length: 12_000 }, (_, i) =>
    i % 12 < 5 ? JSON.stringify({ id: `bad${i}`, title: '', price: `${i} EUR` }) : JSON.stringify(good(i)),
  )
  const id = await send(gzipSync(`${rows.join('\n')}\n`))
  const done = await over(id)
  expect(done).toMatchObject({
    ...{ state: 'done', trouble: null },
    rows: { read: 12_000, kept: 7_000, setAside: 5_000, duplicates: 0, created: 7_000, updated: 0, unchanged: 0 },
  })
  expect(await running.client.statistics({}, patience)).toMatchObject({ products: 7_000 })
  const lines: number[] = []
  for (let offset = 0; offset < 5_100; offset += 500) {
    const page = await running.client.rejectedRows({ id, offset, size: 500 }, patience)
    expect(page.total).toBe(5_000)
    for (const { line, reason, text } of page.rows) {
      expect(reason).toContain(`line ${line}: `)
      expect(text).toBe(rows[line - 1])
      lines.push(line)
    }
  }
  expect(lines).toEqual(rows.flatMap((_, i) => (i % 12 < 5 ? [i + 1] : [])))
})

it('takes a file up again from its beginning when the program was ended amid it', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => JSON.stringify({ id: `p${i}`, title: `Product number ${i}` }))
  const id = await send(Buffer.from(rows.join('\n')))
  await until('products come', async () => (await running.client.statistics({}, patience)).products > 0)
  await running.stop()
  running = await startCatalog(folder.path)
  const { state, rows: counted } = await over(id)
  expect([state, counted.read, counted.created + counted.unchanged]).toEqual(['done', 20_000, 20_000])
  expect(await running.client.statistics({}, patience)).toMatchObject({ products: 20_000 })
})

it('says where a file is wrong', async () => {
  const whole = gzipSync(
    Array.from({ length: 5_000 }, (_, i) => `{"id":"${i}","title":"Number ${i * 7_919}"}\n`).join(''),
  )
  const cut = await over(await send(whole.subarray(0, whole.length - 100)))
  expect(cut).toMatchObject({ state: 'failed', trouble: expect.stringMatching(/line \d+: .*cut off.*before is in/) })
  expect(cut.rows.kept).toBeGreaterThan(0)
  expect(await running.client.statistics({}, patience)).toMatchObject({ products: cut.rows.kept })

  const pages = await over(await send(Buffer.from('<html>\n<body>No shop here</body>\n</html>\n')))
  expect(pages).toMatchObject({
    state: 'failed',
    trouble: expect.stringContaining('none of the 3 rows went in; line 1:'),
  })
  const empty = await over(await send(gzipSync('')))
  expect(empty).toMatchObject({ state: 'failed', trouble: 'the file holds no rows' })
})
