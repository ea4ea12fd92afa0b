import { rmSync } from 'node:fs'
import { openSqliteDatabase, sqliteOutbox, sqliteOutboxMigrations } from '@eip/database/sqlite'
import { systemClock } from '@eip/kernel'
import { newTrace } from '@eip/rpc'
import { sqliteProductStore, sqliteProductStoreMigrations } from './adapters/sqlite.product-store.ts'
import { upsertProducts } from './application/upsert-products.ts'

const file = '/work/main/zz-catalog.sqlite'
for (const s of ['', '-wal', '-shm']) rmSync(file + s, { force: true })
const database = await openSqliteDatabase<any>({
  file,
  migrations: [sqliteOutboxMigrations, sqliteProductStoreMigrations],
})
const outbox = sqliteOutbox(database)
const store = sqliteProductStore({ database, outbox })
const upsert = upsertProducts({ productStore: store, clock: systemClock })
const call = { deadline: Infinity, signal: new AbortController().signal, trace: newTrace(), remainingMs: () => 1e6 }
const make = (i: number, v: number) => ({
  id: `sku-${(i * 2654435761) % 4294967296}-${i}`,
  title: `Product number ${i} with a fairly normal title ${v}`,
  description: 'A description of some length, as shops write them. '.repeat(10),
  brand: `Brand ${i % 100}`,
  categoryPath: ['Electronics', 'Laptops', `Kind ${i % 20}`],
  attributes: { colour: ['red', 'blue'], size: ['15"'], Weight: ['2 kg'], ports: ['USB', 'HDMI'] },
  price: { amount: 1000 + i, currency: 'EUR' },
  images: [`https://shop.example/images/${i}.jpg`],
  seller: 'ACME',
  language: 'en',
  rating: { average: 4.5, count: i },
})
const N = 40000
let maxHold = 0
let last = performance.now()
const tick = () => {
  const n = performance.now()
  maxHold = Math.max(maxHold, n - last)
  last = n
  im = setImmediate(tick)
}
let im = setImmediate(tick)
for (const [name, v] of [
  ['create', 0],
  ['unchanged', 0],
  ['update', 1],
] as const)
  for (const size of [1000]) {
    let ms = 0, cpu = 0
    for (let i = 0; i < N; i += size) {
      const products = Array.from({ length: size }, (_, k) => make(i + k, v))
      maxHold = 0; last = performance.now()
      const t = performance.now(); const c0 = process.cpuUsage()
      await upsert({ products }, call)
      ms += performance.now() - t; const c = process.cpuUsage(c0); cpu += (c.user + c.system) / 1000
    }
    console.log(name, size, Math.round((N / ms) * 1000), '/s', 'cpu', Math.round(cpu), 'of', Math.round(ms))
  }
clearImmediate(im)
console.log(await store.count(), await outbox.pending())
await database.close()
import { DatabaseSync } from 'node:sqlite'
{
  const db = new DatabaseSync(file + '.raw'); db.exec('pragma journal_mode=wal; pragma synchronous=2; pragma cache_size=-16000; pragma wal_autocheckpoint=4000; create table p(id text primary key, v integer, body text) strict; create table o(position integer primary key, b text) strict')
  const ip = db.prepare('insert into p values (?,?,?)'), io = db.prepare('insert into o(b) values (?)')
  const texts = Array.from({ length: 1000 }, (_, i) => JSON.stringify(make(i, 0)))
  const t = performance.now(); const c0 = process.cpuUsage()
  for (let b = 0; b < N; b += 1000) { db.exec('begin immediate'); for (let i = 0; i < 1000; i++) { ip.run(`sku-${((b + i) * 2654435761) % 4294967296}-${b + i}`, 1, texts[i]!); io.run(texts[i]! + texts[i]!.slice(0, 300)) } db.exec('commit') }
  const ms = performance.now() - t; const c = process.cpuUsage(c0)
  console.log('raw same rows', Math.round(N / ms * 1000), '/s', 'cpu', Math.round((c.user + c.system) / 1000), 'of', Math.round(ms))
  db.close(); for (const s of ['', '-wal', '-shm']) rmSync(file + '.raw' + s, { force: true })
}
for (const s of ['', '-wal', '-shm']) rmSync(file + s, { force: true })
