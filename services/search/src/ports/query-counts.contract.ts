import type { FakeClock } from '@eip/testkit'
import { expect, it } from 'vitest'
import type { QueryCounts } from './query-counts.port.ts'

/** Two processes' counts over one store, which tells a query from three times on. */
export type QueryCountsHarness = Readonly<{ counts: QueryCounts; others: QueryCounts; close(): Promise<void> }>

const day = 86_400_000

/** Every law of the port, one test each. */
export function queryCountsContract(open: (clock: FakeClock) => Promise<QueryCountsHarness>, clockOf: () => FakeClock) {
  const withCounts = async (work: (harness: QueryCountsHarness, clock: FakeClock) => Promise<void>) => {
    const clock = clockOf()
    const harness = await open(clock)
    await work(harness, clock).finally(() => harness.close())
  }
  const ask = (counts: QueryCounts, query: string, times: number) => {
    for (let i = 0; i < times; i++) counts.add(query)
  }

  it('tells the most asked first, and what few have asked not at all', () =>
    withCounts(async ({ counts }) => {
      ask(counts, 'red shoes', 3)
      ask(counts, 'Nike', 5)
      ask(counts, 'my secret', 2)
      expect(await counts.popular(10)).toEqual([
        { text: 'nike', count: 5 },
        { text: 'red shoes', count: 3 },
      ])
      expect(await counts.popular(1)).toHaveLength(1)
    }))

  it('sums what several processes count, whatever the case and the spaces', () =>
    withCounts(async ({ counts, others }) => {
      ask(counts, 'Red  Shoes', 2)
      ask(others, ' red shoes', 2)
      await others.popular(1)
      expect(await counts.popular(10)).toEqual([{ text: 'red shoes', count: 4 }])
    }))

  it('counts what was asked lately more, and forgets at last', () =>
    withCounts(async ({ counts }, clock) => {
      ask(counts, 'sledge', 10)
      await counts.popular(1)
      clock.advance(14 * day)
      ask(counts, 'swimsuit', 4)
      expect(await counts.popular(10)).toEqual([
        { text: 'swimsuit', count: 4 },
        { text: 'sledge', count: 3 },
      ])
      clock.advance(80 * day)
      ask(counts, 'gloves', 3)
      expect(await counts.popular(10)).toEqual([{ text: 'gloves', count: 3 }])
    }))

  it('does not count what is empty or long', () =>
    withCounts(async ({ counts }) => {
      ask(counts, ' ', 5)
      ask(counts, 'x'.repeat(500), 5)
      expect(await counts.popular(10)).toEqual([])
    }))
}
