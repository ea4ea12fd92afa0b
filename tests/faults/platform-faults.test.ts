import { productChanged } from '@eip/contracts'
import { appendBytes } from '@eip/event-bus/testing'
import { testFaults, until } from '@eip/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { serviceNames } from '../../apps/eip/src/services.ts'
import { type EngineSet, engineSet } from './engine-set.ts'
import { countRevisions, type Revisions, startImporting } from './importing.ts'
import { manyProducts, queries, type Row } from './many-products.ts'
import { type PlatformClient, platformClient } from './platform-client.ts'
import { type ShopperCounts, startShoppers } from './shoppers.ts'
import { type SplitPlatform, splitPlatform } from './split-platform.ts'

const patienceMs = 120_000
const limits = { timeout: 400_000 }
const noDifferences = { missing: 0, stale: 0, extra: 0, different: 0 }

describe.skipIf(!testFaults)('a platform of many processes on servers that die (needs TEST_FAULTS=on)', limits, () => {
  let rows: readonly Row[]
  let set: EngineSet
  let platform: SplitPlatform
  let client: PlatformClient
  const revisions: Revisions = new Map()
  const recoveries: Recovery[] = []

  beforeAll(async () => {
    set = engineSet()
    await set.engines('start')
    rows = await manyProducts(3_000)
    platform = await splitPlatform(set, { PAGE_BUDGET_MS: '2000', KAFKA_PARTITIONS: '4' })
    client = platformClient(platform.url, platform.password)
    await client.signIn()
  }, limits.timeout)
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`${platform?.lines().join('\n')}\n`)
  })
  afterAll(async () => {
    process.stdout.write(tableOf(recoveries))
    await platform?.[Symbol.asyncDispose]()
    await set[Symbol.asyncDispose]()
  }, patienceMs)

  /** A product that is acknowledged now can be found soon. */
  async function newProductIsFound(id: string): Promise<void> {
    await client.insist('/products', { products: [{ id, title: `marker ${id}` }] })
    const isFound = async () => (await client.insist(`/search?filter=id:${id}`)).total === 1
    await until(`${id} is found`, isFound, patienceMs)
  }
  /** View and catalogue are equal, and have what was acknowledged last. */
  async function expectNothingLost(): Promise<void> {
    await client.untilIndexed()
    const output = await platform.eip('verify', '--json')
    const verified = JSON.parse(output.trimEnd().split('\n').at(-1) || '{}') as object
    expect(verified).toMatchObject({ isGood: true, counts: noDifferences, unknown: 0 })
    expect(await revisionsFound(client)).toEqual(countRevisions(revisions))
  }

  it('answers shoppers and loses no change while each server is killed and started again', async () => {
    const shoppers = startShoppers(client, queries)
    const importing = startImporting(client, rows, 'servers', revisions)
    await until('every product is in', () => importing.acknowledged() * 100 >= rows.length, patienceMs)
    for (const engine of ['redis', 'kafka', 'postgres', 'opensearch']) {
      const [before, answers] = [shoppers.counts(), shoppers.answers()]
      await set.engines('kill', engine)
      await until(`shoppers were there without ${engine}`, () => shoppers.answers() > answers + 20)
      await set.engines('start', engine)
      const startedAt = performance.now()
      await newProductIsFound(`after-${engine}`)
      const seconds = (performance.now() - startedAt) / 1_000
      const { whole } = shoppers.counts()
      await until('answers are whole again', () => shoppers.counts().whole > whole + 20, patienceMs)
      recoveries.push({ engine, before, after: shoppers.counts(), seconds })
    }
    const wrong = { forShoppers: await shoppers.stop(), forTheSender: await importing.stop() }
    expect(wrong).toEqual({ forShoppers: [], forTheSender: [] })
    expect(platform.endings()).toEqual([])
    await expectNothingLost()
  })

  it('goes on with one indexer where the other is killed in the middle', async () => {
    const other = await platform.another('indexer', set.platformPort + serviceNames.length)
    const importing = startImporting(client, rows, 'indexers', revisions)
    await until('both have work', async () => (await other.metric('eip_indexed_documents_total')) > 0, patienceMs)
    await other.kill()
    const before = importing.acknowledged()
    await until('more comes in', () => importing.acknowledged() > before + 10, patienceMs)
    expect(await importing.stop()).toEqual([])
    await expectNothingLost()
  })

  it('sets an event aside that nobody can read, says so, and takes the rest', async () => {
    const { KAFKA_BROKERS = '' } = await set.addresses()
    const poison = Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3])
    const keys = ['a', 'b', 'c', 'd', 'e']
    for (const key of keys) await appendBytes(KAFKA_BROKERS.split(','), `eip.${productChanged.name}`, key, poison)
    const importing = startImporting(client, rows, 'poison', revisions)
    await until('some are acknowledged', () => importing.acknowledged() > 5, patienceMs)
    expect(await importing.stop()).toEqual([])
    await expectNothingLost()
    const parked = (await client.insist('/operations/parked')).messages as readonly Row[]
    const ofIndexer = parked.filter(({ group }) => group === 'indexer')
    expect(ofIndexer).toHaveLength(keys.length)
    for (const message of ofIndexer)
      expect(message).toMatchObject({ topic: productChanged.name, reason: 'the envelope is not JSON' })
    expect(await client.insist('/index')).toMatchObject({ parked: keys.length, lag: 0 })
  })
})

/** Answers that shoppers had before a server was killed and when all was well again; a new product was found `seconds` after its start. */
type Recovery = Readonly<{ engine: string; before: ShopperCounts; after: ShopperCounts; seconds: number }>

const tableOf = (recoveries: readonly Recovery[]) =>
  [
    '',
    '| killed | whole answers | degraded | refused for now | a new product is found after its start, s |',
    '|---|---:|---:|---:|---:|',
    ...recoveries.map(({ engine, before, after, seconds }) => {
      const more = (kind: keyof ShopperCounts) => after[kind] - before[kind]
      return `| ${engine} | ${more('whole')} | ${more('degraded')} | ${more('refused')} | ${seconds.toFixed(1)} |`
    }),
    '',
  ].join('\n')

async function revisionsFound({ insist }: PlatformClient): Promise<Readonly<Record<string, number>>> {
  const { facets } = await insist('/search?size=1&facet=attributes.revision')
  const [facet] = facets as readonly { values: readonly { value: string; count: number }[] }[]
  return Object.fromEntries((facet?.values ?? []).map(({ value, count }) => [value, count]))
}
