import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { built } from '../vocabulary/vocabulary.fixture.ts'
import { buildDeletionIndex } from './deletion-index.ts'
import { editsBetween } from './edit-distance.ts'

/** Optimal string alignment by its recursive definition. */
function definedDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [i, j] = [a.length - 1, b.length - 1]
  const isSwapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]
  return Math.min(
    definedDistance(a.slice(0, -1), b) + 1,
    definedDistance(a, b.slice(0, -1)) + 1,
    definedDistance(a.slice(0, -1), b.slice(0, -1)) + (a[i] === b[j] ? 0 : 1),
    isSwapped ? definedDistance(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  )
}

const word = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'b', 'c', 'ㅏ'), { maxLength }).map((letters) => letters.join(''))

describe('edits between words', () => {
  it('are as many as the definition says, or none are answered beyond the limit', () => {
    fc.assert(
      fc.property(word(6), word(6), fc.constantFrom(1, 2), (typed, meant, most) => {
        const distance = definedDistance(typed, meant)
        const edits = editsBetween(typed, meant, most)
        expect(edits?.distance ?? null).toBe(distance <= most ? distance : null)
      }),
      { numRuns: 1_000 },
    )
  })

  it('cost less where fingers slip, and more in the first letter', () => {
    const cost = (typed: string, meant: string) => editsBetween(typed, meant, 2)?.cost ?? Number.NaN
    expect(cost('shoed', 'shoes')).toBeLessThan(cost('shoep', 'shoes'))
    expect(cost('sheos', 'shoes')).toBeLessThan(cost('shaas', 'shoes'))
    expect(cost('coffe', 'coffee')).toBeLessThan(cost('cofee', 'cofxee'))
    expect(cost('mhoes', 'shoes')).toBeGreaterThan(cost('smoes', 'shoes'))
  })
})

describe('the deletion index', () => {
  it('misses no word within the edits that a word of its length may have', () => {
    const long = fc
      .array(fc.constantFrom(...'abcdeㅏㅣ'), { minLength: 3, maxLength: 10 })
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.uniqueArray(long, { minLength: 1, maxLength: 60 }), long, (words, typed) => {
        const most = typed.length < 7 ? 1 : 2
        const found = built(buildDeletionIndex(words)).candidates(typed, most)
        expect(new Set(found).size).toBe(found.length)
        for (const [number, meant] of words.entries()) {
          if (editsBetween(typed, meant, most) !== null) expect(found).toContain(number)
        }
      }),
      { numRuns: 300 },
    )
  })
})
