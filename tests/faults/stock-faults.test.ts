import { testFaults, until } from '@eip/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BuyerCounts, type Buyers, type Endings, startBuyers } from './buyers.ts'
import { type EngineSet, engineSet } from './engine-set.ts'
import { type PlatformClient, platformClient } from './platform-client.ts'
import { type SplitPlatform, splitPlatform } from './split-platform.ts'
import { auditBooks, goodBooks } from './stock-audit.ts'
import { startKeeper } from './stock-keeper.ts'
import { lampsFound, openLampShop, plenty, scarce, soldOut, type Units } from './stock-shop.ts'

const patienceMs = 120_000
const limits = { timeout: 600_000 }
const noDifferences = { counts: { missing: 0, stale: 0, extra: 0, different: 0 } }

describe.skipIf(!testFaults)('buyers while servers and processes die (need TEST_FAULTS=on)', limits, () => {
  let set: EngineSet
  let platform: SplitPlatform
  let client: PlatformClient
  const endings: Endings = new Map()
  const kept: Units = new Map()
  const recoveries: Recovery[] = []

  beforeAll(async () => {
    set = engineSet()
    await set.engines('start')
    platform = await splitPlatform(set, {
      PAGE_BUDGET_MS: '2000',
      KAFKA_PARTITIONS: '4',
      TOKEN_LIFETIME_SECONDS: '7200',
    })
    client = platformClient(platform.url, platform.password)
    await client.signIn()
    await openLampShop(client)
  }, limits.timeout)
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`${platform?.lines().join('\n')}\n`)
  })
  afterAll(async () => {
    process.stdout.write(tableOf(recoveries))
    await platform?.[Symbol.asyncDispose]()
    await set[Symbol.asyncDispose]()
  }, patienceMs)

  /** Buyers and a keeper of stock through a story; nothing that they are told is a fault. */
  async function throughout(name: string, story: (buyers: Buyers) => Promise<void>): Promise<void> {
    const buyers = startBuyers(client, name, endings)
    const keeper = startKeeper(client, name, kept)
    await until('many have bought', () => buyers.counts().bought > 50, patienceMs)
    await story(buyers)
    const wrong = { forTheKeeper: await keeper.stop(), forBuyers: await buyers.stop() }
    expect(wrong).toEqual({ forTheKeeper: [], forBuyers: [] })
  }
  /** Whoever was told that it is bought has it, and nobody else; the view shows it. */
  async function expectBooksAreTrue(): Promise<void> {
    await until(
      'every checkout has ended, and nothing is held any more',
      async () => {
        const { unfinished } = await client.insist('/operations/order-statistics')
        const { heldReservations, unbalanced } = await client.insist('/operations/stock')
        return unfinished === 0 && heldReservations === 0 && unbalanced === 0
      },
      patienceMs,
    )
    expect(await auditBooks(client, endings, kept)).toEqual(goodBooks)
    await client.untilIndexed()
    const output = await platform.eip('verify', '--json')
    const verified = JSON.parse(output.trimEnd().split('\n').at(-1) || '{}') as object
    expect(verified).toMatchObject({ isGood: true, ...noDifferences, stock: noDifferences, logistics: noDifferences })
  }
  const noted = async (killed: string, buyers: Buyers, before: BuyerCounts, startedAt: number) => {
    await buyers.buy(plenty, 1)
    const seconds = (performance.now() - startedAt) / 1_000
    const { bought } = buyers.counts()
    await until('more is bought', () => buyers.counts().bought > bought + 20, patienceMs)
    recoveries.push({ killed, before, after: buyers.counts(), seconds })
  }

  it('are told the truth while each server is killed and started again', async () => {
    await throughout('servers', async (buyers) => {
      for (const engine of ['redis', 'kafka', 'postgres', 'opensearch']) {
        const [before, answers] = [buyers.counts(), buyers.answers()]
        await set.engines('kill', engine)
        await until(`buyers were there without ${engine}`, () => buyers.answers() > answers + 50, patienceMs)
        await set.engines('start', engine)
        await noted(engine, buyers, before, performance.now())
      }
    })
    expect(platform.endings()).toEqual([])
    await expectBooksAreTrue()
  })

  it('are told the truth while each process behind them is killed in the middle', async () => {
    const killed = ['orders', 'inventory', 'logistics', 'indexer'] as const
    await throughout('processes', async (buyers) => {
      for (const service of killed) {
        const before = buyers.counts()
        await platform.kill(service)
        await noted(service, buyers, before, performance.now())
        await platform.ready()
      }
    })
    expect(platform.endings()).toEqual(killed.map((service) => expect.stringMatching(`^${service}: ended by SIGKILL`)))
    await expectBooksAreTrue()
  })

  it('see what is sold out below all else in the next search', async () => {
    const [last] = scarce
    const left = (await client.insist(`/stock/${last}`)).atp as number
    if (left > 0) await startBuyers(client, 'last', endings, 0).buy(last!, left)
    const gone = await soldOut(client)
    expect(gone).toContain(last)
    await until('search says so', async () => {
      const lamp = (await lampsFound(client)).find(({ id }) => id === last)
      return lamp?.notice === 'out-of-stock'
    })
    const lamps = await lampsFound(client)
    expect(lamps).toHaveLength(scarce.length + 1)
    expect(lamps.slice(0, -gone.length).filter(({ notice }) => notice === 'out-of-stock')).toEqual([])
    expect(
      lamps
        .slice(-gone.length)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(gone)
  })
})

/** Answers that buyers had from the kill until more was bought; the first purchase `seconds` after the start. */
type Recovery = Readonly<{ killed: string; before: BuyerCounts; after: BuyerCounts; seconds: number }>

const tableOf = (recoveries: readonly Recovery[]) =>
  [
    '',
    '| killed | bought | refused for stock | given up | refused for now | first purchase after its start, s |',
    '|---|---:|---:|---:|---:|---:|',
    ...recoveries.map(({ killed, before, after, seconds }) => {
      const more = (kind: keyof BuyerCounts) => after[kind] - before[kind]
      const kinds = (['bought', 'outOfStock', 'givenUp', 'refused'] as const).map(more)
      return `| ${killed} | ${kinds.join(' | ')} | ${seconds.toFixed(1)} |`
    }),
    '',
  ].join('\n')
