import type { Product } from '@eip/contracts'
import type { PlatformUnderTest } from './platform-under-test.ts'
import { processUse } from './process-use.ts'
import { untilVisible } from './until-visible.ts'

/** `cpu_seconds`: what the process used in that time. */
export type ProcessShare = Readonly<{ name: string; cpu_seconds: number; rss_mb: number }>

/** Seconds from the first product sent until all were accepted, were on the bus, and could be found. */
export type ImportThroughput = Readonly<{
  products: number
  accepted: number
  published: number
  indexed: number
  processes: readonly ProcessShare[]
}>

type Report = (text: string) => void

/** Products in one call, and calls that wait for their answers: the next one is read while one is stored. */
const batchSize = 500
const underWay = 2

/** Sends the products to a platform that has none of them, and follows them until all can be found. */
export async function importThroughput(
  platform: PlatformUnderTest,
  products: readonly Product[],
  report: Report,
): Promise<ImportThroughput> {
  const { shop, told, processes } = platform
  const before = await processUse(processes)
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1_000
  let sent = 0
  const load = async () => {
    while (sent < products.length) {
      told.throwIfAborted()
      const batch = products.slice(sent, sent + batchSize)
      sent += batch.length
      await shop.load(batch)
      report(`${sent} products sent`)
    }
  }
  await Promise.all(Array.from({ length: underWay }, load))
  const accepted = passed()
  let published: number | null = null
  await untilVisible(platform, ({ behind, unpublished }) => {
    if (unpublished === 0) published ??= passed()
    report(`${behind} products left to index`)
  })
  const indexed = passed()
  const after = await processUse(processes)
  const shares = [...after].map(([name, { cpu_seconds, rss_mb }]) => ({
    name,
    cpu_seconds: cpu_seconds - (before.get(name)?.cpu_seconds ?? 0),
    rss_mb,
  }))
  return { products: products.length, accepted, published: published ?? indexed, indexed, processes: shares }
}
