import type { Product } from '@eip/contracts'
import { gatewayContract } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { type Latency, latencyOf } from '@eip/testkit'
import type { PlatformUnderTest } from './platform-under-test.ts'
import { repriced, type Stream, streamPriceChanges } from './price-changes.ts'
import { untilVisible } from './until-visible.ts'

const failure = failures({
  'bench.never-visible': {
    kind: 'deadline',
    cure: 'See the log of the platform and npx eip verify: the serving view stands still, or is far behind.',
  },
})

/** How long until searches show changes that were accepted. */
export type Freshness = Readonly<{ accepting: Latency; visible: Latency; changes: number }>

export type FreshnessUnderLoad = Freshness &
  Readonly<{
    stream: Stream /** From the end of the stream until all of it could be found. */
    caughtUpSeconds: number
  }>

type Report = (text: string) => void
type Work = Readonly<{ platform: PlatformUnderTest; products: readonly Product[]; report: Report }>

const patienceMs = 120_000

/** `changes` of one price each, the next one sent when a search has shown the one before. */
export async function freshness(work: Work, changes: number): Promise<Freshness> {
  const probe = probes(work)
  while (probe.count() < changes) await probe.once()
  return probe.result()
}

/** As `freshness`, while `perSecond` changes of other products stream in for so many seconds. */
export async function freshnessUnderLoad(
  { platform, products, report }: Work,
  { perSecond, seconds }: Readonly<{ perSecond: number; seconds: number }>,
): Promise<FreshnessUnderLoad> {
  const half = Math.ceil(products.length / 2)
  const probe = probes({ platform, products: products.slice(0, half), report })
  const ending = new AbortController()
  const streaming = streamPriceChanges(platform.shop, products.slice(half), { perSecond, signal: ending.signal })
  // Whatever fails first ends the other, and is told below.
  streaming.catch(() => ending.abort())
  const end = performance.now() + seconds * 1_000
  try {
    do await probe.once()
    while (performance.now() < end && !ending.signal.aborted)
  } finally {
    ending.abort()
  }
  const stream = await streaming
  const ended = performance.now()
  await untilVisible(platform, ({ behind }) => report(`${behind} changes left to index`))
  return { ...probe.result(), stream, caughtUpSeconds: (performance.now() - ended) / 1_000 }
}

/** Changes prices one at a time, each of another product, and looks for each until it is shown. */
function probes({ platform: { shop, url, told }, products, report }: Work) {
  const accepting: number[] = []
  const visible: number[] = []
  return {
    count: () => visible.length,
    async once(): Promise<void> {
      told.throwIfAborted()
      const place = visible.length
      // A price that no other measurement on this platform gave the product, and that the search must show as it is.
      const changed = repriced(products[place % products.length]!, Math.round(performance.now() * 1_000))
      const sent = performance.now()
      await shop.load([changed])
      const accepted = performance.now()
      await untilShown(url, changed, accepted + patienceMs)
      accepting.push(accepted - sent)
      visible.push(performance.now() - accepted)
      report(`${visible.length} changes seen`)
    },
    result: (): Freshness => ({
      accepting: latencyOf(accepting),
      visible: latencyOf(visible),
      changes: visible.length,
    }),
  }
}

async function untilShown(url: string, { id, price }: Product, end: number): Promise<void> {
  while ((await shownPrice(url, id)) !== price?.amount)
    if (performance.now() > end)
      throw failure('bench.never-visible', `the price of product "${id}" was not shown within ${patienceMs / 1_000} s`)
}

const answer = gatewayContract.search['~orpc'].outputSchema!

/** The price in a search's answer; none where it shows none or, being too busy, answers nothing. */
async function shownPrice(url: string, id: string): Promise<number | undefined> {
  const question = new URLSearchParams({ filter: `id:${id}`, size: '1', facet: 'currency' })
  const response = await fetch(`${url}/api/v1/search?${question}`, { signal: AbortSignal.timeout(patienceMs) })
  const content: unknown = await response.json()
  return response.ok ? answer.parse(content).hits[0]?.price?.amount : undefined
}
