import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movementOf, rankChanges } from './rank-changes.ts'

describe('two lists', () => {
  it('tell of each product how it moved', () => {
    const { left, right } = rankChanges(['a', 'b', 'c', 'd'], ['c', 'b', 'e', 'a'])
    const moved = ['c', 'b', 'e', 'a'].map((id) => movementOf(right.get(id)!))
    expect(moved).toEqual([{ is: 'up', by: 2 }, { is: 'same' }, { is: 'new' }, { is: 'down', by: 3 }])
    expect(left.get('d')).toEqual({ rank: 4, other: null })
  })

  it('see the same pair from both sides', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'))
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const { left, right } = rankChanges(first, second)
        expect([...left.keys()].toSorted()).toEqual(first.toSorted())
        for (const [id, { rank, other }] of left) {
          expect(first[rank - 1]).toBe(id)
          if (other === null) expect(second).not.toContain(id)
          else expect(right.get(id)).toEqual({ rank: other, other: rank })
        }
      }),
    )
  })

  it('count the first place of what stands twice', () => {
    expect(rankChanges(['a', 'a'], ['b', 'a', 'a']).left.get('a')).toEqual({ rank: 1, other: 2 })
  })
})
