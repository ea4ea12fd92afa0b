import type { TopicRecord } from '@eip/contracts'
import { describe, expect, it } from 'vitest'
import { streamMap } from './stream-map.ts'

const topic = (name: string, given: Partial<TopicRecord>): TopicRecord => ({
  ...{ name, kind: 'state', publishedBy: null, groups: [], followedBy: [] },
  ...given,
})

describe('the drawing of publishers, topics and readers', () => {
  const map = streamMap([
    topic('sold', { publishedBy: 'shop', followedBy: ['search'] }),
    topic('changed', { publishedBy: 'catalog', groups: [{ group: 'indexer', lag: 4, parked: 0 }] }),
    topic('bought', {
      publishedBy: 'shop',
      groups: [
        { group: 'indexer', lag: 0, parked: 2 },
        { group: 'ads', lag: 0, parked: 0 },
      ],
    }),
    topic('old', {}),
  ])

  it('has topics in the order of who publishes them', () => {
    expect(map.publishers).toEqual(['catalog', 'shop'])
    expect(map.topics).toEqual(['old', 'changed', 'bought', 'sold'])
    expect(map.published.map(({ from, to }) => [map.publishers[from], map.topics[to]])).toEqual([
      ['catalog', 'changed'],
      ['shop', 'bought'],
      ['shop', 'sold'],
    ])
  })

  it('has each reader once, near what it reads, with what is wrong', () =>
    expect(map.readers).toEqual([
      { name: 'indexer', isBehind: true, hasParked: true },
      { name: 'ads', isBehind: false, hasParked: false },
      { name: 'search', isBehind: false, hasParked: false },
    ]))

  it('tells followers from groups', () =>
    expect(map.read.map(({ from, to, isFollowing }) => [map.topics[from], map.readers[to]?.name, isFollowing])).toEqual(
      [
        ['changed', 'indexer', false],
        ['bought', 'indexer', false],
        ['bought', 'ads', false],
        ['sold', 'search', true],
      ],
    ))

  it('has no lines where nobody publishes or reads', () =>
    expect(streamMap([topic('old', {})])).toMatchObject({ published: [], read: [], readers: [], topics: ['old'] }))
})
