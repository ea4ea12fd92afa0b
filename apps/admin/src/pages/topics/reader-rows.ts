import type { TopicRecord } from '@eip/contracts'

/** One reader of one topic. A follower reads all of it in every process, and keeps no place: it has no lag. */
export type ReaderRow = Readonly<{
  topic: string
  kind: TopicRecord['kind']
  publishedBy: string | null
  /** null: nobody reads it. */
  reader: string | null
  isFollowing: boolean
  lag: number | null
  parked: number | null
}>

/** A row for each topic and reader; one that nobody reads has a row of its own. */
export const readerRows = (topics: readonly TopicRecord[]): ReaderRow[] =>
  topics.flatMap(({ name: topic, kind, publishedBy, groups, followedBy }): ReaderRow[] => {
    const about = { topic, kind, publishedBy }
    const rows = [
      ...groups.map(({ group, lag, parked }) => ({ ...about, reader: group, isFollowing: false, lag, parked })),
      ...followedBy.map((reader) => ({ ...about, reader, isFollowing: true, lag: null, parked: null })),
    ]
    return rows.length > 0 ? rows : [{ ...about, reader: null, isFollowing: false, lag: null, parked: null }]
  })
