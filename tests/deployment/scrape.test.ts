import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { removeTopics } from '@eip/event-bus/bench'
import { newId } from '@eip/kernel'
import { generateDemoShop } from '@eip/pipeline-demo-shop'
import { readProductRow } from '@eip/pipeline-products'
import { silentLogger } from '@eip/telemetry'
import { parsePrometheus } from '@eip/telemetry/prometheus-text'
import { temporaryDirectory, testEngines, until } from '@eip/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrateAll } from '../../apps/eip/src/backends/migrations.ts'
import { openDataDirectory } from '../../apps/eip/src/data-directory.ts'
import { readEnvironment } from '../../apps/eip/src/environment.ts'
import { openPlatform } from '../../apps/eip/src/platform.ts'
import { temporaryDatabase } from '../../packages/database/src/adapters/postgres.testing.ts'
import { allInOne, oneServicePerHost, type Running } from '../journeys/topologies.ts'
import { deployFolder, deployToolWith, toolsReason, withTools } from './deploy-tool.ts'

const products = [...generateDemoShop({ products: 300 })].flatMap((row) => {
  const read = readProductRow(row)
  return read.outcome === 'product' ? [read.product] : []
})

/** Names of our series that the board asks for, as they stand on a page. */
function namesOnBoard(): readonly string[] {
  const board = readFileSync(join(deployFolder, 'grafana', 'boards', 'eip.json'), 'utf8')
  const { panels } = JSON.parse(board) as { panels: { targets?: { expr: string }[] }[] }
  const exprs = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  return [...new Set(exprs.flatMap((expr) => [...expr.matchAll(/\beip_[a-z0-9_]+/g)].map(([name]) => name)))].sort()
}

const pageOf = async (host: string) => (await fetch(`${host}/metrics`)).text()
const namesIn = (page: string) =>
  [...parsePrometheus(page).values()].flatMap(({ samples }) => samples.map(({ name }) => name))

describe.each([
  ['all services in one process', allInOne],
  ['each service alone', oneServicePerHost],
])('/metrics of %s', (_, open) => {
  let shop: Running
  /** Too little time for facets, and mostly enough for an answer. */
  let hurried: Running
  beforeAll(async () => {
    shop = await open()
    hurried = await allInOne({ PAGE_BUDGET_MS: '18' })
    for (const each of [shop, hurried]) await addProducts(each)
  })
  afterAll(async () => {
    await hurried?.close()
    await shop?.close()
  })

  const search = async ({ url }: Running, query: string) =>
    void (await fetch(`${url}/api/v1/search?${query}`)).body?.cancel()

  const send = (url: string, method: string, path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...{ method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) },
    })
  async function addProducts({ url, password }: Running): Promise<void> {
    const signedIn = await send(url, 'POST', '/sign-in', { name: 'ana', password })
    const { token } = (await signedIn.json()) as { token: string }
    const added = await send(url, 'POST', '/products', { products }, { authorization: `Bearer ${token}` })
    expect(added.status).toBe(200)
  }
  /** Nothing was counted into stock, so that whatever is asked for is not there: that is told too. */
  async function buy({ url }: Running, { id, price }: (typeof products)[number]): Promise<void> {
    const shopper = { 'x-shopper': 'ann-0123456789abcdef' }
    await send(url, 'PUT', `/cart/lines/${encodeURIComponent(id)}`, { quantity: 1 }, shopper)
    await send(url, 'POST', '/checkout', { checkoutId: newId(), expected: price, paymentToken: 'card' }, shopper)
  }
  const hosts = () => [...new Set(Object.values(shop.hosts))]
  const scraped = async () => new Set((await Promise.all([...hosts(), hurried.url].map(pageOf))).flatMap(namesIn))

  // An encoder has to be trained first, in a process of low priority.
  const patience = 240_000
  it('has every metric of the board, once there was something to tell', { timeout: patience + 10_000 }, async () => {
    const wanted = namesOnBoard()
    expect(wanted.length).toBeGreaterThan(20)
    const priced = products.find(({ price }) => price !== null)!
    let missing = wanted
    const isAllThere = async () => {
      for (const query of ['q=lamp', 'q=warm+jacket', 'q=qqzzxx']) await search(shop, query)
      await search(hurried, 'q=lamp')
      await buy(shop, priced)
      const found = await scraped()
      missing = wanted.filter((name) => !found.has(name))
      return missing.length === 0
    }
    await until('all are there', isAllThere, patience).catch(() => undefined)
    expect(missing).toEqual([])
  })

  it('tells of every process what it stands on', async () => {
    for (const host of hosts()) {
      const parts = parsePrometheus(await pageOf(host)).get('eip_engine_up')?.samples ?? []
      expect(parts.map(({ labels, value }) => `${labels.part} ${labels.engine} ${value}`)).toContain('events sqlite 1')
    }
  })

  it.skipIf(!withTools)(`is read by promtool without a complaint (${toolsReason})`, async () => {
    for (const host of hosts())
      expect(deployToolWith(await pageOf(host), 'promtool', 'check', 'metrics')).toEqual({
        ...{ status: 0, text: '', output: '' },
      })
  })
})

it.skipIf(!withTools)(`promtool would complain of a metric without a help (${toolsReason})`, () => {
  const refused = deployToolWith('# TYPE eip_x counter\neip_x 1\n', 'promtool', 'check', 'metrics')
  expect(refused.status).not.toBe(0)
  expect(refused.text).toContain('no help text')
})

const { kafka, postgres } = testEngines

describe.skipIf(!kafka || !postgres)(
  '/metrics of a process on servers (needs TEST_KAFKA_BROKERS, TEST_POSTGRES_URL)',
  () => {
    it('tells of the servers, their versions and the connections', async () => {
      await using database = await temporaryDatabase(postgres!)
      using at = temporaryDirectory()
      await migrateAll(database.url)
      const prefix = `${newId()}.`
      const environment = readEnvironment({
        ...{ TARGET: 'catalog', BACKENDS: 'distributed', PORT: '0', EIP_DATA_DIR: at.path, DATABASE_CONNECTIONS: '3' },
        ...{ KAFKA_BROKERS: kafka!, KAFKA_TOPIC_PREFIX: prefix, DATABASE_URL: database.url },
        // The catalogue stands on no index: nobody asks there.
        ...{ OPENSEARCH_URL: 'http://127.0.0.1:9', FILES_URL: pathToFileURL(at.path).href },
        ...{ SIGNING_KEY: 'a key for tests, long enough to be taken' },
      })
      const directory = openDataDirectory(at.path, 'none')
      const platform = await openPlatform({ environment, directory, listens: true, logger: silentLogger })
      const page = await pageOf(platform.url!)
      await platform.close()
      directory.close()
      await removeTopics(kafka!.split(','), prefix)
      expect(page).toContain('eip_engine_up{part="events",engine="kafka",place="server",version=""} 1')
      expect(page).toMatch(/eip_engine_up\{part="database",engine="postgresql",place="server",version="\d[^"]*"\} 1/)
      expect(page).toContain('eip_database_connection_limit{schema="catalog"} 3')
      expect(page).toMatch(/eip_database_connections\{schema="catalog",state="idle"\} [123]/)
      if (withTools) expect(deployToolWith(page, 'promtool', 'check', 'metrics')).toMatchObject({ status: 0, text: '' })
    })
  },
)
