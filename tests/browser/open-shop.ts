import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { catalogContract, indexerContract, largestImportChunk, type Product, searchContract } from '@eip/contracts'
import { silentLogger } from '@eip/telemetry'
import { temporaryDirectory, until } from '@eip/testkit'
import { openDataDirectory } from '../../apps/eip/src/data-directory.ts'
import { giveDemoPast } from '../../apps/eip/src/demo-past.ts'
import { readEnvironment } from '../../apps/eip/src/environment.ts'
import { buildFace, unbuiltFaces } from '../../apps/eip/src/faces.ts'
import { type Credentials, openPlatform, type Platform } from '../../apps/eip/src/platform.ts'
import { writeDemoShop } from '../../pipelines/demo-shop/src/index.ts'

/** A shop, served with its faces to any browser. */
export type Shop = Readonly<{
  url: string
  dataDirectory: string
  credentials(role: string): Credentials
  /** Sends a file as the admin does, and waits until all its products can be found. */
  load(file: string): Promise<void>
  /** The same for a few products, which are taken exactly as they are given: a file's rows would be mended. */
  add(products: readonly Product[]): Promise<void>
  /** Gives the demo's products stock and half a year of orders, as `npm start` does, and waits until search knows of them. */
  giveDemoPast(): Promise<void>
  /** As if the server went away, and came back on the same port with the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}>

type Options = Readonly<{ settings?: Readonly<Record<string, string>> }>

const patience = { deadlineMs: 60_000 }
const importLimitMs = 180_000

/** Sends a file as the admin does, and waits until its rows are in. */
async function importFile({ client }: Platform, file: string): Promise<void> {
  const catalog = client(catalogContract)
  const bytes = readFileSync(file)
  const begun = { fileName: basename(file), bytes: bytes.length, options: {}, by: 'tests' }
  const { id } = await catalog.beginImport(begun, patience)
  for (let offset = 0; offset < bytes.length; offset += largestImportChunk) {
    const data = bytes.subarray(offset, offset + largestImportChunk).toString('base64')
    await catalog.appendImport({ id, offset, data }, patience)
  }
  const isIn = async () => (await catalog.getImport({ id }, patience)).state === 'done'
  await until(`${basename(file)} is in`, isIn, importLimitMs)
}

/** Waits until all products can be found, by their words too. */
async function untilIndexed({ client }: Platform): Promise<void> {
  const { active } = await client(catalogContract).statistics({}, patience)
  await until(
    'all products are indexed',
    async () => (await client(indexerContract).status({}, patience)).documents === active,
    importLimitMs,
  )
  await until(
    'their words are known',
    async () => {
      const { versions } = await client(searchContract).search({ query: 'a' }, patience)
      return versions.vocabulary === active
      // A catalogue that keeps changing (the vectors of a new encoder come in) may be read a minute late.
    },
    importLimitMs,
  )
}

/** Opens the platform as `npm start` does, without products. Machines are shared: budgets are generous. */
export async function openEmptyShop({ settings = {} }: Options = {}): Promise<Shop> {
  for (const name of unbuiltFaces()) if (!(await buildFace(name))) throw new Error(`the ${name} cannot be built`)
  const at = temporaryDirectory()
  const directory = openDataDirectory(at.path, 'none')
  const generous = { PAGE_BUDGET_MS: '20000', ADMIN_BUDGET_MS: '20000', ENCODER: 'manual' }
  const open = (port: string) =>
    openPlatform({
      environment: readEnvironment({ PORT: port, EIP_DATA_DIR: at.path, ...generous, ...settings }),
      directory,
      listens: true,
      logger: silentLogger,
    })
  let platform = await open('0')
  const url = platform.url!
  let credentials = platform.demoAccounts
  return Object.freeze({
    url,
    dataDirectory: at.path,
    credentials: (role: string) => credentials.find((each) => each.role === role)!,
    async load(file: string) {
      await importFile(platform, file)
      await untilIndexed(platform)
    },
    async add(products) {
      const { rejected } = await platform.client(catalogContract).upsertProducts({ products: [...products] }, patience)
      if (rejected.length > 0) throw new Error(`not taken: ${JSON.stringify(rejected)}`)
      await untilIndexed(platform)
    },
    async giveDemoPast() {
      await giveDemoPast(platform)
      const isKnown = async () => {
        const { hits } = await platform.client(searchContract).search({ query: '' }, patience)
        return hits.length > 0 && hits.every(({ fulfilment }) => fulfilment.leadTimeDays !== null)
      }
      await until('stock and deliveries are known', isKnown, importLimitMs)
    },
    stop: () => platform.close(),
    async restart() {
      platform = await open(new URL(url).port)
      credentials = platform.demoAccounts
    },
    async close() {
      await platform.close()
      directory.close()
      at[Symbol.dispose]()
    },
  })
}

/** The same with the demo's products in it, or as many of them as are asked for. */
export async function openDemoShop(options: Options & Readonly<{ products?: number }> = {}): Promise<Shop> {
  const shop = await openEmptyShop(options)
  const { products } = options
  const file = join(shop.dataDirectory, 'demo-shop.jsonl')
  await writeDemoShop(file, products === undefined ? {} : { products })
  await shop.load(file)
  return shop
}
