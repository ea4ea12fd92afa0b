import { describe, expect, it } from 'vitest'
import type { CountedEncoder, EncoderState } from './encoder-states.ts'
import { trainingNeed } from './training-need.ts'

const limits = { leastProducts: 50, growth: 4, quietMs: 3, patienceMs: 100 }
const encoder = (state: EncoderState, trainedOn: number | null, products: number): CountedEncoder => ({
  description: { encoder: state, kind: 'catalogue', name: '', dimensions: 1, languages: null },
  ...{ state, version: 1, vectors: 0, trainedOn, since: 0, products, embedded: products },
})

describe('training by itself', () => {
  it('waits for enough products and a quiet moment', () => {
    const need = trainingNeed(limits)
    expect(need.look({ now: 0, changes: 49, known: [] })).toBe(false)
    expect(need.look({ now: 10, changes: 49, known: [] })).toBe(false)
    expect(need.look({ now: 11, changes: 50, known: [] })).toBe(false)
    expect(need.look({ now: 13, changes: 60, known: [] })).toBe(false)
    expect(need.look({ now: 15, changes: 60, known: [] })).toBe(false)
    expect(need.look({ now: 16, changes: 60, known: [] })).toBe(true)
  })

  it('does not wait for ever where products never cease to come', () => {
    const need = trainingNeed(limits)
    for (let now = 0; now < 100; now++) expect(need.look({ now, changes: 50 + now, known: [] })).toBe(false)
    expect(need.look({ now: 100, changes: 150, known: [] })).toBe(true)
  })

  it('comes again when the catalogue is four times what the serving encoder was trained on', () => {
    const need = trainingNeed(limits)
    const look = (now: number, known: CountedEncoder[]) => need.look({ now, changes: 1_000, known })
    expect(look(0, [encoder('serving', 60, 239)])).toBe(false)
    expect(look(10, [encoder('serving', 60, 239)])).toBe(false)
    expect(look(20, [encoder('serving', 60, 240)])).toBe(true)
    expect(look(30, [encoder('serving', 60, 240), encoder('filling', 240, 3)])).toBe(false)
  })

  it('never replaces an encoder that was not trained here, nor one whose turn is still to come', () => {
    const need = trainingNeed(limits)
    for (const known of [[encoder('serving', null, 9_000)], [encoder('filling', 50, 9_000)]])
      for (const now of [0, 10]) expect(need.look({ now, changes: 9_000, known })).toBe(false)
    expect(need.look({ now: 20, changes: 9_000, known: [encoder('retired', 50, 0)] })).toBe(true)
  })

  it('is tried again after a failure only when the catalogue has grown', () => {
    const need = trainingNeed(limits)
    need.look({ now: 0, changes: 50, known: [] })
    need.tried('failed')
    expect(need.look({ now: 10, changes: 199, known: [] })).toBe(false)
    need.look({ now: 20, changes: 200, known: [] })
    expect(need.look({ now: 30, changes: 200, known: [] })).toBe(true)

    const later = trainingNeed(limits)
    const serving = (products: number) => [encoder('serving', 50, products)]
    later.look({ now: 0, changes: 300, known: serving(300) })
    later.tried('failed')
    expect(later.look({ now: 10, changes: 300, known: serving(1_199) })).toBe(false)
    expect(later.look({ now: 20, changes: 300, known: serving(1_200) })).toBe(true)
  })

  it('counts again after every change where there were too few', () => {
    const need = trainingNeed(limits)
    need.look({ now: 0, changes: 50, known: [] })
    need.tried('too-few')
    expect(need.look({ now: 10, changes: 50, known: [] })).toBe(false)
    need.look({ now: 20, changes: 51, known: [] })
    expect(need.look({ now: 30, changes: 51, known: [] })).toBe(true)
  })
})
