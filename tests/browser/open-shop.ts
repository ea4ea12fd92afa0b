import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogContract, indexerContract, largestImportChunk, searchContract } from '@eip/contracts'
import { silentLogger } from '@eip/telemetry'
import { temporaryDirectory, until } from '@eip/testkit'
import { openDataDirectory } from '../../apps/eip/src/data-directory.ts'
import { readEnvironment } from '../../apps/eip/src/environment.ts'
import { buildFace, unbuiltFaces } from '../../apps/eip/src/faces.ts'
import { type Credentials, openPlatform, type Platform } from '../../apps/eip/src/platform.ts'
import { writeDemoShop } from '../../pipelines/demo-shop/src/index.ts'

/** The demo shop, served with its faces to any browser. */
export type DemoShop = Readonly<{
  url: string
  credentials(role: string): Credentials
  /** As if the server went away, and came back on the same port with the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}>

type Options = Readonly<{ settings?: Readonly<Record<string, string>> }>

const patience = { deadlineMs: 60_000 }

/** Sends a file as the admin does, and waits until its rows are in. */
async function importFile({ client }: Platform, file: string): Promise<void> {
  const catalog = client(catalogContract)
  const bytes = readFileSync(file)
  const begun = { fileName: 'demo-shop.jsonl', bytes: bytes.length, options: {}, by: 'tests' }
  const { id } = await catalog.beginImport(begun, patience)
  for (let offset = 0; offset < bytes.length; offset += largestImportChunk) {
    const data = bytes.subarray(offset, offset + largestImportChunk).toString('base64')
    await catalog.appendImport({ id, offset, data }, patience)
  }
  await until('the demo shop is in', async () => (await catalog.getImport({ id }, patience)).state === 'done')
}

/** Opens the platform as `npm start` does, with the demo's products in it. Machines are shared: budgets are generous. */
export async function openDemoShop({ settings = {} }: Options = {}): Promise<DemoShop> {
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
  const file = join(at.path, 'demo-shop.jsonl')
  await writeDemoShop(file)
  await importFile(platform, file)
  const catalog = platform.client(catalogContract)
  const { active } = await catalog.statistics({}, patience)
  await until('all products are indexed', async () => {
    const { documents } = await platform.client(indexerContract).status({}, patience)
    return documents === active
  })
  await until('their words are known', async () => {
    const { versions } = await platform.client(searchContract).search({ query: 'a' }, patience)
    return versions.vocabulary === active
  })
  let credentials = platform.demoAccounts
  return Object.freeze({
    url,
    credentials: (role: string) => credentials.find((each) => each.role === role)!,
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
