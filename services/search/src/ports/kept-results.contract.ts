import { relevancePolicy } from '@eip/engine-ranking'
import type { FakeClock } from '@eip/testkit'
import { expect, it } from 'vitest'
import { type KeptResult, type KeptResults, type KeptResultsLimits, keepIds, keptIds } from './kept-results.port.ts'

/** `kept`, and what another process asks: where lists are shared, it finds them too. */
export type KeptResultsHarness = Readonly<{ kept: KeptResults; settled(): Promise<void>; close(): Promise<void> }>

export const resultOf = (requestId: string, hits = 1, rankedAt = 0): KeptResult => ({
  requestId,
  identity: 'any',
  query: { text: '', languages: [], terms: [], isTruncated: false, slots: [], didYouMean: null },
  steps: [],
  analyzed: null,
  vector: null,
  vectorsLost: null,
  minimumMatches: 0,
  filters: [],
  relaxed: [],
  total: hits,
  ids: keepIds(Array.from({ length: hits }, (_, i) => `p${i}`)),
  ranks: new Uint32Array(hits),
  scores: new Float64Array(hits),
  candidates: { count: hits, text: new Float64Array(hits), vector: null, intent: null, columns: {} },
  fulfilments: {
    guarded: { reasons: new Uint8Array(hits), isSunk: new Uint8Array(hits) },
    ...{ atp: null, leadTimeDays: null },
  },
  textScores: new Float64Array(hits),
  bestText: 0,
  vectorScores: null,
  wishes: new Uint32Array(hits),
  wishSlots: [],
  policy: relevancePolicy,
  rankedAt,
  versions: { index: '', analysis: '', policy: '', encoder: null, vocabulary: null },
  facets: new Map(),
})

const limits: KeptResultsLimits = { entries: 10, hits: 100, ageMs: 60_000 }

/** Every law of the port, one test each. */
export function keptResultsContract(
  open: (clock: FakeClock, limits: KeptResultsLimits) => Promise<KeptResultsHarness>,
  clockOf: () => FakeClock,
) {
  const withKept = async (work: (harness: KeptResultsHarness, clock: FakeClock) => Promise<void>, given = limits) => {
    const clock = clockOf()
    const harness = await open(clock, given)
    await work(harness, clock).finally(() => harness.close())
  }

  it('finds a list as it was, and none under another id', () =>
    withKept(async ({ kept, settled }, clock) => {
      const result: KeptResult = {
        ...resultOf('a', 3, clock.now()),
        facets: new Map([['brand', { name: 'brand', values: [{ value: '가', count: 2 }] } as never]]),
        vector: { encoder: 'e', values: Float32Array.of(0.5, -1), nearest: 2, floor: 0.1 },
        vectorScores: Float64Array.of(0.25, Number.NaN, 1),
      }
      kept.keep(result)
      await settled()
      const found = await kept.find('a')
      expect(found).toEqual(result)
      expect(keptIds(found!.ids)).toEqual(['p0', 'p1', 'p2'])
      for (const other of ['b', '', '__proto__', 'a\nb']) expect(await kept.find(other)).toBeUndefined()
    }))

  it('finds it until it is too old, counted from when it was made', () =>
    withKept(async ({ kept, settled }, clock) => {
      const result = resultOf('a', 1, clock.now())
      kept.keep(result)
      await settled()
      clock.advance(59_000)
      expect((await kept.find('a'))?.requestId).toBe('a')
      kept.keep(result)
      await settled()
      clock.advance(1_001)
      expect(await kept.find('a')).toBeUndefined()
    }))

  it('finds what was kept last under an id', () =>
    withKept(async ({ kept, settled }, clock) => {
      kept.keep(resultOf('a', 1, clock.now()))
      kept.keep({ ...resultOf('a', 1, clock.now()), total: 7 })
      await settled()
      expect((await kept.find('a'))?.total).toBe(7)
    }))
}
