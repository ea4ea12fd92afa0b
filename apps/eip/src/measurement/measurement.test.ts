import { testEngines } from '@eip/testkit'
import { beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { demoProducts } from '../evaluation/bench-catalogue.ts'
import { freshnessCases } from './freshness-cases.ts'
import { importCases } from './import-cases.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** What the processes said, shown where a measurement fails. */
const said: string[] = []
beforeEach(() => {
  said.length = 0
  onTestFailed(() => void process.stderr.write(`${said.slice(-200).join('\n')}\n`))
})
const around = (variables: Variables) => ({
  variables: { ...process.env, ...variables },
  report: (text: string) => void said.push(text),
  say: (line: string) => void said.push(line),
})
// Longer than the measurements themselves wait for what never comes: they can say what it was.
const patienceMs = 480_000

const latency = { p50_ms: expect.any(Number), p95_ms: expect.any(Number), p99_ms: expect.any(Number) }

async function measuresFreshness(variables: Variables, change: 'price' | 'stock') {
  const sizes = { change, products: 120, changes: 3, rate: 100, seconds: 1 }
  const { cases } = await freshnessCases({ ...around(variables), ...sizes })
  expect(cases).toMatchObject({
    'accept a change': latency,
    'accepted to visible, quiet': { ...latency, count: 3, target: expect.stringContaining('p99') },
    'accepted to visible, while others stream in': latency,
    'stream of changes': { per_second: expect.any(Number), target: '100 per second' },
  })
  expect(cases['accepted to visible, while others stream in']?.count).toBeGreaterThan(0)
  expect(cases['stream of changes']?.count).toBeGreaterThan(0)
}

async function measuresImport(variables: Variables, prefixes: readonly string[], processes: readonly string[]) {
  const { cases } = await importCases({ ...around(variables), products: demoProducts(120) })
  const rate = { count: 120, per_second: expect.any(Number) }
  for (const prefix of prefixes)
    for (const what of ['products accepted', 'events published', 'products indexed'])
      expect(cases[`${prefix}${what}`]).toEqual(rate)
  for (const name of processes)
    expect(cases[name]).toEqual({ cpu_seconds: expect.any(Number), rss_mb: expect.any(Number) })
}

describe('embedded', () => {
  const embedded = { BACKENDS: 'embedded', PLATFORM_URL: '' }

  it(
    'measures how soon a change is visible, on a quiet platform and while others stream in',
    { timeout: patienceMs },
    () => measuresFreshness(embedded, 'price'),
  )

  it('measures how soon a change of stock turns the order of results', { timeout: patienceMs }, () =>
    measuresFreshness(embedded, 'stock'),
  )

  it('measures what an import comes to, and what the process used for it', { timeout: patienceMs }, () =>
    measuresImport(embedded, [''], ['process all']),
  )
})

const { kafka, opensearch, postgres } = testEngines

describe.skipIf(!kafka || !opensearch || !postgres)(
  'distributed (needs TEST_KAFKA_BROKERS, TEST_OPENSEARCH_URL and TEST_POSTGRES_URL)',
  () => {
    const distributed = {
      BACKENDS: 'distributed',
      PLATFORM_URL: '',
      KAFKA_BROKERS: kafka,
      OPENSEARCH_URL: opensearch,
      DATABASE_URL: postgres,
    }

    it('measures how soon a change is visible, over processes and servers', { timeout: patienceMs }, () =>
      measuresFreshness(distributed, 'price'),
    )

    it('measures an import with one indexer and with two, each process by itself', { timeout: patienceMs }, () =>
      measuresImport(
        distributed,
        ['1 indexer, ', '2 indexers, '],
        ['1 indexer, process indexer', '2 indexers, process indexer', '2 indexers, process indexer-2'],
      ),
    )
  },
)
