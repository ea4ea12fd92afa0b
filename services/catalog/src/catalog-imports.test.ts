import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogContract, productChanged } from '@eip/contracts'
import { outboxMigrations, outboxRelay } from '@eip/database'
import { openSqliteDatabase, sqliteOutbox } from '@eip/database/sqlite'
import { memoryEventBus } from '@eip/event-bus/memory'
import { inProcessClient, serveContract } from '@eip/rpc'
import { silentLogger } from '@eip/telemetry'
import { fakeClock, temporaryDirectory, until } from '@eip/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type ImportTables,
  importBookMigrations,
  type ProductTables,
  productStoreMigrations,
  sqlImportBook,
} from './adapters/sql.catalog-stores.ts'
import { sqliteProductStore } from './adapters/sqlite.product-store.ts'
import { catalog } from './catalog.service.ts'
import { inlineImportRunner } from './inline.import-runner.fixture.ts'

const day = 24 * 60 * 60 * 1_000

/** All that outlives one run of the service: files, clock, bus. */
async function openStage() {
  const folder = temporaryDirectory()
  const clock = fakeClock()
  const bus = await memoryEventBus({ clock })
  const spoolDirectory = join(folder.path, 'spool')

  async function start(runsImports = true) {
    const database = await openSqliteDatabase<ProductTables & ImportTables>({
      file: join(folder.path, 'catalog.sqlite'),
      migrations: [outboxMigrations, productStoreMigrations, importBookMigrations],
    })
    const outbox = sqliteOutbox(database)
    const { runner, before } = inlineImportRunner()
    const service = catalog.build(
      {
        productStore: sqliteProductStore({ database, outbox }),
        outboxRelay: outboxRelay({ outbox, bus, topics: [productChanged], onTrouble: () => {}, retryDelayMs: 1 }),
        importBook: sqlImportBook({ database }),
        importRunner: runner,
        ...{ spoolDirectory, rejectedDirectory: join(folder.path, 'rejected') },
        ...{ runsImports, clock, logger: silentLogger },
      },
      () => {
        throw new Error('catalog calls nobody')
      },
    )
    await service.start?.()
    const client = inProcessClient(serveContract(catalogContract, service.handlers))
    const stop = async () => {
      await service.drain?.()
      await service.stop?.()
      await database.close()
    }
    return { client, before, stop }
  }
  const close = async () => {
    await bus.close()
    folder[Symbol.dispose]()
  }
  return { clock, start, close, spooled: () => readdirSync(spoolDirectory), spoolDirectory }
}

let stage: Awaited<ReturnType<typeof openStage>>
let running: Awaited<ReturnType<typeof stage.start>>
beforeEach(async () => {
  stage = await openStage()
  running = await stage.start()
})
afterEach(async () => {
  await running.stop()
  await stage.close()
})
const restart = async () => {
  await running.stop()
  running = await stage.start()
}

const linesOf = (...rows: readonly object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
const products = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: `p${from + i}`, title: `Product ${from + i}` }))

const begin = (bytes: number, fileName = 'products.jsonl', map: string[] = []) =>
  running.client.beginImport({ fileName, bytes, options: { map }, by: 'kim' })
const append = (id: string, offset: number, data: Uint8Array) =>
  running.client.appendImport({ id, offset, data: Buffer.from(data).toString('base64') })
const get = (id: string) => running.client.getImport({ id })
const isIn = (id: string, state: string) =>
  until(`the import is ${state}`, async () => {
    const found = await get(id)
    return found.state === state && found
  })
const send = async (file: Buffer, fileName?: string) => {
  const { id } = await begin(file.length, fileName)
  await append(id, 0, file)
  return id
}

/** Holds every run before it loads, until it is let go or broken off. */
function held() {
  const gate = Promise.withResolvers<void>()
  const entered = { runs: 0 }
  running.before.load = ({ signal }) => {
    entered.runs += 1
    const broken = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    return Promise.race([gate.promise, broken])
  }
  return { letGo: gate.resolve, entered: () => until('it loads', () => entered.runs > 0), runs: () => entered.runs }
}

describe('an import', () => {
  it('takes a file in pieces, runs with the last one, and says what became of its rows', async () => {
    const file = linesOf(...products(0, 5), { id: 'x' }, { id: 'p0', title: 'Product 0' })
    const begun = await begin(file.length)
    expect(begun).toMatchObject({ state: 'receiving', received: 0, phase: null, startedBy: 'kim', endedAt: null })
    const half = await append(begun.id, 0, file.subarray(0, 50))
    expect(half).toMatchObject({ state: 'receiving', received: 50 })
    stage.clock.advance(1_000)
    await append(begun.id, 50, file.subarray(50))
    const done = await isIn(begun.id, 'done')
    expect(done).toMatchObject({
      ...{ received: file.length, trouble: null, phase: null, share: 1, endedAt: '2026-01-01T00:00:01.000Z' },
      rows: { read: 7, kept: 5, setAside: 1, duplicates: 1, created: 5, updated: 0, unchanged: 0 },
    })
    expect(await running.client.statistics({})).toMatchObject({ products: 5 })
    expect(await running.client.rejectedRows({ id: begun.id })).toEqual({
      rows: [{ line: 6, field: 'title', reason: 'line 6: is missing', text: '{"id":"x"}' }],
      total: 1,
    })
    await until('its file is gone', () => stage.spooled().length === 0)
  })

  it('says how far it is while it runs', async () => {
    const { letGo, entered } = held()
    const id = await send(linesOf(...products(0, 3)))
    await entered()
    expect(await get(id)).toMatchObject({ state: 'running', phase: 'reading', share: 1, rows: { read: 3, kept: 0 } })
    expect(await running.client.rejectedRows({ id })).toEqual({ rows: [], total: 0 })
    letGo()
    await isIn(id, 'done')
  })

  it('failed where nothing of the file could be used, with the place', async () => {
    const id = await send(Buffer.from('<xml>\n</xml>\n'))
    expect(await isIn(id, 'failed')).toMatchObject({
      trouble: 'none of the 2 rows went in; line 1: is not JSON (field "row")',
      rows: { read: 2, setAside: 2 },
    })
    expect((await running.client.rejectedRows({ id })).total).toBe(2)
    expect(await isIn(await send(Buffer.from(' \n\n')), 'failed')).toMatchObject({ trouble: 'the file holds no rows' })
  })

  it('that cannot be run says why, counts what went in, and holds no other up', async () => {
    let loads = 0
    running.before.load = () => {
      loads += 1
      if (loads === 2) throw new Error('the machine ran out of memory')
    }
    const bad = await send(linesOf(...products(0, 1_500)))
    const good = await send(linesOf(...products(5_000, 5_001)))
    expect(await isIn(bad, 'failed')).toMatchObject({
      trouble: 'the machine ran out of memory',
      rows: { read: 1_500, kept: 1_000, created: 1_000 },
    })
    await isIn(good, 'done')
    expect(await running.client.statistics({})).toMatchObject({ products: 1_001 })
  })

  it('is refused before a byte has come when its rows cannot be read so', async () => {
    await expect(begin(10, 'a.jsonl', ['colour'])).rejects.toMatchObject({
      ...{ code: 'catalog.bad-import', message: expect.stringContaining('"colour"') },
    })
    expect(await running.client.listImports({})).toEqual({ imports: [] })
  })
})

describe('the bytes of a file', () => {
  it('may come again, and count once', async () => {
    const file = linesOf(...products(0, 5))
    const { id } = await begin(file.length)
    await append(id, 0, file.subarray(0, 40))
    expect(await append(id, 0, file.subarray(0, 40))).toMatchObject({ received: 40 })
    expect(await append(id, 20, file.subarray(20, 60))).toMatchObject({ received: 60 })
    await Promise.all([append(id, 60, file.subarray(60)), append(id, 60, file.subarray(60))])
    expect(await isIn(id, 'done')).toMatchObject({ rows: { read: 5, created: 5 } })
    expect(await append(id, 60, file.subarray(60))).toMatchObject({ state: 'done' })
  })

  it('are refused with a gap, which says where to go on', async () => {
    const { id } = await begin(100)
    await append(id, 0, Buffer.alloc(10))
    await expect(append(id, 11, Buffer.alloc(1))).rejects.toMatchObject({
      code: 'catalog.import-out-of-step',
      details: { received: 10 },
    })
    expect(await get(id)).toMatchObject({ received: 10 })
  })

  it('are refused beyond the end', async () => {
    const { id } = await begin(100)
    await expect(append(id, 0, Buffer.alloc(101))).rejects.toMatchObject({ code: 'catalog.bad-import' })
    expect(await get(id)).toMatchObject({ state: 'receiving', received: 0 })
  })

  it('of no import are refused', async () => {
    for (const ask of [append('../x', 0, Buffer.alloc(1)), get('x'), running.client.rejectedRows({ id: 'x' })])
      await expect(ask).rejects.toMatchObject({ code: 'catalog.no-such-import' })
  })
})

describe('a cancelled import', () => {
  it('that was on its way takes no more, and leaves no file', async () => {
    const { id } = await begin(100)
    await append(id, 0, Buffer.alloc(10))
    expect(await running.client.cancelImport({ id })).toMatchObject({ state: 'cancelled', received: 10 })
    expect(stage.spooled()).toEqual([])
    await expect(append(id, 10, Buffer.alloc(10))).rejects.toMatchObject({ code: 'catalog.import-over' })
    await expect(running.client.cancelImport({ id })).rejects.toMatchObject({ code: 'catalog.import-over' })
  })

  it('that ran keeps what was loaded; the next one goes on', async () => {
    let loads = 0
    const { entered } = held()
    const hold = running.before.load
    running.before.load = (job) => {
      loads += 1
      return loads === 2 ? hold(job) : undefined
    }
    const id = await send(linesOf(...products(0, 2_000)))
    const next = await send(linesOf(...products(5_000, 5_001)))
    await entered()
    expect(await get(next)).toMatchObject({ state: 'waiting' })
    expect(await running.client.cancelImport({ id })).toMatchObject({
      ...{ state: 'cancelled', trouble: null },
      rows: { read: 2_000, kept: 1_000, created: 1_000 },
    })
    await isIn(next, 'done')
    expect(await running.client.statistics({})).toMatchObject({ products: 1_001 })
  })

  it('that waited is never run', async () => {
    const { letGo, entered, runs } = held()
    const first = await send(linesOf(...products(0, 1)))
    const second = await send(linesOf(...products(1, 2)))
    await entered()
    await running.client.cancelImport({ id: second })
    letGo()
    await isIn(first, 'done')
    await until('its file is gone', () => stage.spooled().length === 0)
    expect([runs(), (await get(second)).state]).toEqual([1, 'cancelled'])
  })

  it('that is done already says so', async () => {
    const id = await send(linesOf(...products(0, 1)))
    await isIn(id, 'done')
    await expect(running.client.cancelImport({ id })).rejects.toMatchObject({
      ...{ code: 'catalog.import-over', message: expect.stringContaining('done') },
    })
  })
})

describe('imports', () => {
  it('run one after the other, in the order in which they became complete', async () => {
    const { letGo, entered, runs } = held()
    const file = linesOf({ id: 'p', title: 'of the early one' })
    const early = await begin(file.length, 'early')
    stage.clock.advance(1)
    const blocking = await send(linesOf(...products(0, 1)), 'blocking')
    await entered()
    stage.clock.advance(1)
    const late = await send(linesOf({ id: 'p', title: 'of the late one' }), 'late')
    stage.clock.advance(1)
    await append(early.id, 0, file)
    const { imports } = await running.client.listImports({})
    expect(imports.map(({ fileName, state }) => [fileName, state])).toEqual([
      ['late', 'waiting'],
      ['blocking', 'running'],
      ['early', 'waiting'],
    ])
    expect(runs()).toBe(1)
    letGo()
    for (const id of [blocking, late, early.id]) await isIn(id, 'done')
    expect((await running.client.getProduct({ id: 'p' })).product.title).toBe('of the early one')
  })

  it('are five at a time at most; one of which nothing came for a day makes room', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => begin(100).then(({ id }) => id, String)))
    const begun = ids.filter((id) => !id.includes('there may be no more'))
    expect(begun).toHaveLength(5)
    await expect(begin(100)).rejects.toMatchObject({ code: 'catalog.bad-import', details: { pending: 5 } })
    stage.clock.advance(day)
    await append(begun[0] as string, 0, Buffer.alloc(10))
    stage.clock.advance(1)
    await begin(100)
    expect(await get(begun[0] as string)).toMatchObject({ state: 'receiving' })
    expect(await get(begun[1] as string)).toMatchObject({ state: 'cancelled' })
    const { imports } = await running.client.listImports({})
    expect(imports.filter(({ state }) => state === 'receiving')).toHaveLength(2)
  })
})

describe('after a restart', () => {
  it('a file goes on where it was', async () => {
    const file = linesOf(...products(0, 5))
    const { id } = await begin(file.length)
    await append(id, 0, file.subarray(0, 70))
    await restart()
    expect(await get(id)).toMatchObject({ state: 'receiving', received: 70 })
    await append(id, 70, file.subarray(70))
    expect(await isIn(id, 'done')).toMatchObject({ rows: { created: 5 } })
  })

  it('what is in its file counts, not what was thought to be', async () => {
    const file = linesOf(...products(0, 5))
    const { id } = await begin(file.length)
    await append(id, 0, file.subarray(0, 70))
    await running.stop()
    truncateSync(join(stage.spoolDirectory, `${id}.spool`), 30)
    running = await stage.start()
    expect(await get(id)).toMatchObject({ received: 30 })
    await append(id, 30, file.subarray(30))
    expect(await isIn(id, 'done')).toMatchObject({ rows: { created: 5 } })
  })

  it('what was running runs again from its beginning, and what waited runs behind it', async () => {
    let loads = 0
    const { entered } = held()
    const hold = running.before.load
    running.before.load = (job) => {
      loads += 1
      return loads === 2 ? hold(job) : undefined
    }
    const first = await send(linesOf(...products(0, 1_500)))
    stage.clock.advance(1)
    const second = await send(linesOf({ id: 'p0', title: 'Later' }))
    await entered()
    await restart()
    expect(await isIn(first, 'done')).toMatchObject({ rows: { read: 1_500, created: 500, unchanged: 1_000 } })
    expect(await isIn(second, 'done')).toMatchObject({ rows: { updated: 1 } })
    expect((await running.client.getProduct({ id: 'p0' })).product.title).toBe('Later')
  })

  it('a command that has the shop for a moment leaves what waits to the platform', async () => {
    held()
    const id = await send(linesOf(...products(0, 5)))
    await running.stop()
    running = await stage.start(false)
    const other = await send(linesOf(...products(5, 6)))
    const { imports } = await running.client.listImports({})
    expect(imports.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    await restart()
    await isIn(id, 'done')
    await isIn(other, 'done')
  })

  it('a whole file whose end was not noted runs', async () => {
    const file = linesOf(...products(0, 5))
    const { id } = await begin(file.length)
    await running.stop()
    writeFileSync(join(stage.spoolDirectory, `${id}.spool`), file)
    running = await stage.start()
    await isIn(id, 'done')
  })

  it('a file that is gone fails its import, files of no import go, and what is abandoned is cancelled', async () => {
    held()
    const lost = await send(linesOf(...products(0, 5)))
    const old = await begin(100)
    await append(old.id, 0, Buffer.alloc(10))
    await running.stop()
    for (const name of stage.spooled()) if (name.startsWith(lost)) truncateSync(join(stage.spoolDirectory, name), 3)
    writeFileSync(join(stage.spoolDirectory, 'nobody.spool'), 'x')
    stage.clock.advance(day + 1)
    running = await stage.start()
    expect(await get(lost)).toMatchObject({ state: 'failed', trouble: expect.stringMatching(/only 3 of \d+ bytes/) })
    expect(await get(old.id)).toMatchObject({ state: 'cancelled' })
    expect(existsSync(join(stage.spoolDirectory, 'nobody.spool'))).toBe(false)
    expect(existsSync(join(stage.spoolDirectory, `${old.id}.spool`))).toBe(false)
  })
})
