import { describe, expect, it } from 'vitest'
import {
  beginFilling,
  beginServing,
  type CountedEncoder,
  type EncoderRecord,
  type EncoderState,
  goBack,
  publishedEvent,
  retireExpired,
} from './encoder-states.ts'

const descriptionOf = (encoder: string) => ({
  ...({ encoder, kind: 'catalogue', name: `Encoder ${encoder}`, dimensions: 8, languages: null } as const),
})
const standing = (encoder: string, state: EncoderState, fields: Partial<CountedEncoder> = {}): CountedEncoder => ({
  ...{ description: descriptionOf(encoder), state, version: 5, vectors: 0, trainedOn: null, since: 100 },
  ...{ products: 0, embedded: 7, ...fields },
})
const brief = (changes: readonly EncoderRecord[]) =>
  changes.map(({ description, state, version }) => `${description.encoder} ${state} ${version}`)

describe('an encoder', () => {
  it('begins by filling, whatever serves', () => {
    const change = { description: descriptionOf('new'), trainedOn: 60 }
    expect(beginFilling([], change, 1)).toEqual([
      { description: change.description, state: 'filling', version: 1, vectors: 0, trainedOn: 60, since: 1 },
    ])
    expect(brief(beginFilling([standing('old', 'serving')], change, 1))).toEqual(['new filling 1'])
  })

  it('replaces another that is filling, and is not begun twice', () => {
    const change = { description: descriptionOf('new'), trainedOn: null }
    expect(brief(beginFilling([standing('late', 'filling')], change, 1))).toEqual(['late retired 6', 'new filling 1'])
    for (const state of ['filling', 'serving', 'standby'] as const)
      expect(beginFilling([standing('new', state)], change, 1)).toEqual([])
  })

  it('that was retired begins again, its version goes on, and what it was trained on is remembered', () => {
    const known = [standing('again', 'retired', { trainedOn: 80, vectors: 9 })]
    const [begun] = beginFilling(known, { description: descriptionOf('again'), trainedOn: null }, 1)
    expect(begun).toMatchObject({ state: 'filling', version: 6, vectors: 0, trainedOn: 80 })
  })

  it('serves when it is filled; the one before stands by, and the one before that is retired', () => {
    const known = [standing('a', 'standby'), standing('b', 'serving'), standing('c', 'filling')]
    const changes = beginServing(known, 'c', 200)
    expect(brief(changes)).toEqual(['a retired 6', 'b standby 6', 'c serving 6'])
    expect(changes.at(-1)).toMatchObject({ vectors: 7, since: 200 })
    for (const { description, state } of known)
      if (state !== 'filling') expect(beginServing(known, description.encoder, 200)).toEqual([])
    expect(beginServing(known, 'nobody', 200)).toEqual([])
  })

  it('that stands by serves again at once, and nothing that fills comes after it', () => {
    const known = [standing('a', 'standby'), standing('b', 'serving'), standing('c', 'filling')]
    expect(brief(goBack(known, 'a', 200))).toEqual(['c retired 6', 'b standby 6', 'a serving 6'])
    expect(brief(goBack(known, 'b', 200))).toEqual(['c retired 6'])
    expect(goBack(known, 'c', 200)).toEqual([])
    expect(goBack(known, 'nobody', 200)).toEqual([])
  })

  it('that stood by for the roll-back window is retired, and not sooner', () => {
    const known = [standing('a', 'standby', { since: 1_000 }), standing('b', 'serving', { since: 0 })]
    expect(retireExpired(known, 1_999, 1_000)).toEqual([])
    expect(brief(retireExpired(known, 2_000, 1_000))).toEqual(['a retired 6'])
  })

  it('is published with its version', () => {
    const event = publishedEvent(standing('a', 'serving'), { now: 3, newEventId: () => 'id' })
    expect(event).toMatchObject({ id: 'id', key: 'a', version: 5, occurredAt: 3, deleted: false })
    expect(event.payload).toEqual({
      ...{ encoder: 'a', kind: 'catalogue', name: 'Encoder a', dimensions: 8, languages: null },
      ...{ state: 'serving', vectors: 0 },
    })
  })
})
