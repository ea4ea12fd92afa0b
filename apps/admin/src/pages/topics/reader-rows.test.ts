import { expect, it } from 'vitest'
import { readerRows } from './reader-rows.ts'

it('a topic has a row for each group and follower, and one where nobody reads it', () => {
  const rows = readerRows([
    {
      ...{ name: 'a', kind: 'state', publishedBy: 'x', followedBy: ['search'] },
      groups: [{ group: 'indexer', lag: 4, parked: 1 }],
    },
    { name: 'b', kind: 'behaviour', publishedBy: null, groups: [], followedBy: [] },
  ])
  expect(rows.map(({ topic, reader, isFollowing, lag, parked }) => [topic, reader, isFollowing, lag, parked])).toEqual([
    ['a', 'indexer', false, 4, 1],
    ['a', 'search', true, null, null],
    ['b', null, false, null, null],
  ])
})

it('the place of an encoder that does not exist yet is not behind: it waits', () => {
  const groups = [{ group: 'embedding', lag: 5_000, parked: 0 }]
  const [row] = readerRows([{ name: 'a', kind: 'state', publishedBy: 'x', groups, followedBy: [] }])
  expect(row).toMatchObject({ reader: 'embedding', isWaiting: true, lag: null })
})
