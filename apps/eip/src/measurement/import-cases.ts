import type { Product } from '@eip/contracts'
import { failures } from '@eip/kernel'
import { type ImportThroughput, importThroughput } from './import-throughput.ts'
import type { MeasuredCases } from './measured-case.ts'
import { openPlatformUnderTest } from './platform-under-test.ts'

const failure = failures({
  'bench.running-platform': {
    kind: 'invalid',
    cure: 'Leave PLATFORM_URL out: an import is measured from a platform that has no product.',
  },
})

type Options = Readonly<{
  variables: Readonly<Record<string, string | undefined>>
  products: readonly Product[]
  /** How far it is, for a line that keeps changing. */
  report: (text: string) => void
  /** What the platform's processes say. */
  say: (line: string) => void
}>

type Measured = Readonly<{ profile: string; cases: MeasuredCases }>

/** Each on a platform of its own; where services are processes, with one indexer and with two. */
export async function importCases({ variables, products, report, say }: Options): Promise<Measured> {
  if (variables.PLATFORM_URL)
    throw failure('bench.running-platform', 'the throughput of an import cannot be measured on a running platform')
  const isDistributed = variables.BACKENDS === 'distributed'
  const cases: MeasuredCases[] = []
  for (const indexers of isDistributed ? [1, 2] : [1]) {
    await using platform = await openPlatformUnderTest({ variables, indexers, report: say })
    const prefix = isDistributed ? `${indexers} indexer${indexers === 1 ? '' : 's'}, ` : ''
    cases.push(casesOf(await importThroughput(platform, products, report), prefix))
  }
  return { profile: isDistributed ? 'distributed' : 'embedded', cases: Object.assign({}, ...cases) }
}

function casesOf({ products, processes, ...seconds }: ImportThroughput, prefix: string): MeasuredCases {
  const rate = (took: number) => ({ count: products, per_second: Math.round(products / took) })
  return {
    [`${prefix}products accepted`]: rate(seconds.accepted),
    [`${prefix}events published`]: rate(seconds.published),
    [`${prefix}products indexed`]: rate(seconds.indexed),
    ...Object.fromEntries(processes.map(({ name, ...use }) => [`${prefix}process ${name}`, use])),
  }
}
