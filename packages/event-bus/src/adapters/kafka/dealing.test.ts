import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dealt } from './dealing.ts'

test('every partition goes to one member that reads its topic, and those of equal members differ by one at most', () => {
  const topics = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  const members = fc.array(topics, { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(members, fc.array(fc.nat(12), { minLength: 4, maxLength: 4 }), (asked, counts) => {
      const partitionsOf = new Map(['a', 'b', 'c', 'd'].map((topic, index) => [topic, counts[index] ?? 0]))
      const named = asked.map((own, index) => ({ memberId: `m${index}`, topics: own }))
      const hands = dealt(named, partitionsOf)
      const all = [...hands].flatMap(([memberId, hand]) =>
        hand.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ memberId, topic, partition }))),
      )
      for (const { memberId, topic } of all)
        expect(named.find((one) => one.memberId === memberId)?.topics).toContain(topic)
      const read = [...new Set(asked.flat())].flatMap((topic) => partitionsOf.get(topic) ?? 0)
      expect(new Set(all.map(({ topic, partition }) => `${topic}/${partition}`)).size).toBe(all.length)
      expect(all.length).toBe(read.reduce((sum, count) => sum + count, 0))
    }),
  )
  const equal = dealt(
    [1, 2, 3].map((n) => ({ memberId: `m${n}`, topics: ['a', 'b'] })),
    new Map([
      ['a', 4],
      ['b', 4],
    ]),
  )
  const sizes = [...equal.values()].map((hand) => hand.reduce((sum, { partitions }) => sum + partitions.length, 0))
  expect(sizes.sort()).toEqual([2, 3, 3])
})
