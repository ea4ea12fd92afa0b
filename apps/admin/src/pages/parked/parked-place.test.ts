import { describe, expect, it } from 'vitest'
import { byReader, keyOf, placesOf } from './parked-place.ts'

const record = (group: string, offset: number, given: object = {}) => ({
  ...{ group, topic: 'catalog.product-changed', partition: 1, offset, attempts: 5, reason: 'broken', body: '{}' },
  parkedAt: new Date(1_700_000_000_000 + offset * 1_000).toISOString(),
  ...given,
})

describe('parked messages', () => {
  it('stand under their reader, the newest first', () => {
    const groups = byReader([record('search', 7), record('indexer', 1), record('indexer', 9), record('indexer', 4)])
    expect(groups.map(({ reader, records }) => [reader, records.map(({ offset }) => offset)])).toEqual([
      ['indexer', [9, 4, 1]],
      ['search', [7]],
    ])
  })

  it('have names of their own, though two readers parked the same one', () => {
    const keys = [record('search', 7), record('indexer', 7), record('indexer', 8)].map(keyOf)
    expect(new Set(keys).size).toBe(3)
  })

  it('are named to the gateway by their places alone', () =>
    expect(placesOf([record('indexer', 3)])).toEqual([
      { group: 'indexer', topic: 'catalog.product-changed', partition: 1, offset: 3 },
    ]))
})
