import { demoProducts } from '../evaluation/bench-catalogue.ts'
import { freshness, freshnessUnderLoad } from './freshness.ts'
import { importThroughput } from './import-throughput.ts'
import type { MeasuredCases } from './measured-case.ts'
import { openPlatformUnderTest, type PlatformUnderTest } from './platform-under-test.ts'
import { priceChanges } from './price-changes.ts'
import { stockChanges } from './stock-changes.ts'
import { untilVisible } from './until-visible.ts'

/** p99 of a change until it is visible. */
const targets = { embedded: 'p99 50 ms', distributed: 'p99 1,500 ms', running: '' } as const

const changesOf = Object.freeze({ price: priceChanges, stock: stockChanges })
export const changedThings = Object.freeze(Object.keys(changesOf)) as readonly (keyof typeof changesOf)[]

type Options = Readonly<{
  change: keyof typeof changesOf
  variables: Readonly<Record<string, string | undefined>>
  products: number
  changes: number
  rate: number
  seconds: number
  /** How far it is, for a line that keeps changing. */
  report: (text: string) => void
  /** What the platform's processes say. */
  say: (line: string) => void
}>

type Measured = Readonly<{ profile: PlatformUnderTest['profile']; cases: MeasuredCases }>

export async function freshnessCases({ variables, report, say, ...options }: Options): Promise<Measured> {
  const products = demoProducts(options.products)
  await using platform = await openPlatformUnderTest({ variables, report: say })
  await importThroughput(platform, products, report)
  const half = Math.ceil(products.length / 2)
  const kind = changesOf[options.change](platform, products.slice(0, half), products.slice(half))
  await kind.prepare()
  await untilVisible(platform, ({ behind }) => report(`${behind} changes left to index`))
  const work = { platform, kind, report }
  const quiet = await freshness(work, options.changes)
  const { stream, ...busy } = await freshnessUnderLoad(work, { perSecond: options.rate, seconds: options.seconds })
  const target = targets[platform.profile]
  const cases: MeasuredCases = {
    'accept a change': { ...withoutRate(quiet.accepting), count: quiet.changes },
    'accepted to visible, quiet': { ...withoutRate(quiet.visible), count: quiet.changes, target },
    'accept a change, while others stream in': { ...withoutRate(busy.accepting), count: busy.changes },
    'accepted to visible, while others stream in': { ...withoutRate(busy.visible), count: busy.changes, target },
    'stream of changes': {
      count: stream.accepted,
      per_second: Math.round(stream.accepted / stream.seconds),
      target: `${options.rate} per second`,
    },
    'end of the stream to all visible': { p50_ms: busy.caughtUpSeconds * 1_000 },
  }
  return { profile: platform.profile, cases }
}

/** One after the other, with a look in between: how many fit into a second says nothing. */
const withoutRate = ({ p50_ms, p95_ms, p99_ms }: Readonly<{ p50_ms: number; p95_ms: number; p99_ms: number }>) => ({
  p50_ms,
  p95_ms,
  p99_ms,
})
