import { describe, expect, it } from 'vitest'
import { chooseEncoder } from './encoder-choice.ts'

const encoder = (name: string, state: 'filling' | 'serving' | 'standby' | 'retired', vectors = 100) => ({
  encoder: name,
  state,
  dimensions: 8,
  vectors,
})
const held = (name: string, vectors: number, dimensions = 8) => ({ encoder: name, dimensions, vectors })
const chosen = (...given: Parameters<typeof chooseEncoder>) => chooseEncoder(...given)?.encoder ?? null

describe('the encoder that queries are read by', () => {
  it('is the serving one, once the view holds its vectors', () => {
    const both = [encoder('old', 'standby'), encoder('new', 'serving')]
    expect(chosen(both, [held('old', 100), held('new', 40)], 'old')).toBe('old')
    expect(chosen(both, [held('old', 100), held('new', 99)], 'old')).toBe('new')
  })

  it('stays the serving one when products are deleted', () => {
    expect(chosen([encoder('new', 'serving')], [held('new', 10)], 'new')).toBe('new')
  })

  it('is the one on standby where the serving one is still on its way, and the serving one where nothing else is there', () => {
    const both = [encoder('old', 'standby'), encoder('new', 'serving')]
    expect(chosen(both, [held('old', 100)], null)).toBe('old')
    expect(chosen(both, [held('new', 40)], null)).toBe('new')
  })

  it('is none that is being filled or retired, that the view does not hold, or holds in another length', () => {
    expect(chosen([encoder('a', 'filling'), encoder('b', 'retired')], [held('a', 100), held('b', 100)], 'b')).toBe(null)
    expect(chosen([encoder('a', 'serving')], [], 'a')).toBe(null)
    expect(chosen([encoder('a', 'serving')], [held('a', 100, 16)], null)).toBe(null)
  })
})
