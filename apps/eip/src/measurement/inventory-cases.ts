import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryDatabase } from '@eip/database/testing'
import { latencyOf } from '@eip/testkit'
import { auditInventory, type InventoryAudit } from './inventory-audit.ts'
import type { InventoryPlace } from './inventory-place.ts'
import { inventoryRush } from './inventory-rush.ts'
import type { MeasuredCase } from './measured-case.ts'

export type InventoryCase = MeasuredCase &
  InventoryAudit &
  Readonly<{ operations: number; reservations_per_second: number; crashes: number }>
export type InventoryCases = Readonly<Record<string, InventoryCase>>

type Options = Readonly<{
  operations: number
  crashes: number
  /** Of a PostgreSQL, where there is one. */
  databaseUrl: string | undefined
  report: (text: string) => void
}>

const callers = 64

async function rushCase(place: InventoryPlace, products: number, options: Options): Promise<InventoryCase> {
  const { operations, crashes, report } = options
  const rush = await inventoryRush({ place, products, callers, operations }, crashes, report)
  const times = rush.reports.filter(({ kind }) => kind === 'reserve').map(({ ms }) => ms)
  const { p50_ms, p95_ms, p99_ms } = latencyOf(times)
  const done = rush.reports.length
  return {
    ...{ operations: done, count: done, ...(await auditInventory(place, rush.reports)) },
    ...{ per_second: Math.round(done / rush.seconds), p50_ms, p95_ms, p99_ms, crashes: rush.crashes },
    reservations_per_second: Math.round(times.length / rush.seconds),
  }
}

/** One product that all want, with crashes; and a thousand, of which each reservation takes a few. */
async function casesAt(openPlace: () => Promise<AsyncDisposable & { place: InventoryPlace }>, options: Options) {
  const once = async (products: number, crashes: number, operations: number) => {
    await using opened = await openPlace()
    return await rushCase(opened.place, products, { ...options, crashes, operations })
  }
  return {
    contention: await once(1, options.crashes, options.operations),
    spread: await once(1_000, 0, Math.ceil(options.operations / 4)),
  }
}

async function folderPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'eip-bench-inventory-'))
  const remove = async () => rmSync(folder, { recursive: true, force: true })
  return { place: { folder }, [Symbol.asyncDispose]: remove }
}

async function serverPlace(url: string) {
  const database = await temporaryDatabase(url)
  return { place: { postgres: database.url }, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
}

/** On SQLite, and on PostgreSQL where its address is given. */
export async function inventoryCases(options: Options): Promise<InventoryCases> {
  const { databaseUrl, report } = options
  const telling = (where: string) => ({ ...options, report: (text: string) => report(`${where}: ${text}`) })
  const onSqlite = await casesAt(folderPlace, telling('SQLite'))
  if (databaseUrl === undefined) return onSqlite
  const onPostgres = await casesAt(() => serverPlace(databaseUrl), telling('PostgreSQL'))
  return { ...onSqlite, 'postgres contention': onPostgres.contention, 'postgres spread': onPostgres.spread }
}
