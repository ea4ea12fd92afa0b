import { fakeClock } from '@eip/testkit'
import { describe, expect, it } from 'vitest'
import { keptResultsContract, resultOf } from '../ports/kept-results.contract.ts'
import { memoryKeptResults } from './memory.kept-results.ts'

describe('results kept in memory', () => {
  keptResultsContract(async (clock, limits) => {
    const kept = memoryKeptResults(clock, limits)
    return { kept, settled: async () => {}, close: () => kept.close() }
  }, fakeClock)

  it('make room for newer ones, by number and by hits', async () => {
    const kept = memoryKeptResults(fakeClock(), { entries: 2, hits: 100, ageMs: 1_000 })
    const found = async (ids: readonly string[]) => {
      const lists = await Promise.all(ids.map((id) => kept.find(id)))
      return lists.flatMap((list) => list?.requestId ?? [])
    }
    for (const id of ['a', 'b', 'c']) kept.keep(resultOf(id))
    expect(await found(['a', 'b', 'c'])).toEqual(['b', 'c'])
    kept.keep(resultOf('d', 97))
    expect(await found(['b', 'c', 'd'])).toEqual(['c', 'd'])
  })
})
