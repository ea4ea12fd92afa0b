import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { order } from './order.ts'

describe('order', () => {
  it('puts the best score first and breaks ties by id, by code units', () => {
    const ids = ['b', 'a', 'B', '가', 'z']
    expect([...order(Float64Array.of(1, 1, 1, 1, 2), ids)].map((i) => ids[i])).toEqual(['z', 'B', 'a', 'b', '가'])
  })

  it('takes scores that agree in six decimals for equal', () => {
    expect([...order(Float64Array.of(0.30000004, 0.3), ['b', 'a'])]).toEqual([1, 0])
    expect([...order(Float64Array.of(0.300001, 0.3), ['b', 'a'])]).toEqual([0, 1])
    expect([...order(Float64Array.of(-0, 0), ['b', 'a'])]).toEqual([1, 0])
  })

  it('is the same for every order of its input, and holds every candidate once', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.constantFrom(0, 0.5, 0.5000001, 1)), {
      selector: ([id]) => id,
      maxLength: 50,
    })
    fc.assert(
      fc.property(entries, (list) => {
        const rank = (some: typeof list) => {
          const ids = some.map(([id]) => id)
          return [
            ...order(
              Float64Array.from(some, ([, score]) => score),
              ids,
            ),
          ].map((i) => ids[i])
        }
        const ranked = rank(list)
        expect(ranked).toEqual(rank([...list].reverse()))
        expect(new Set(ranked).size).toBe(list.length)
      }),
    )
  })

  it('refuses fewer scores than ids', () => {
    expect(() => order(new Float64Array(1), ['a', 'b'])).toThrow(RangeError)
  })
})
