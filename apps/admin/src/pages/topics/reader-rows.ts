import type { TopicRecord } from '@eip/contracts'

/** One reader of one topic. A follower reads all of it in every process, and keeps no place: it has no lag. */
export type ReaderRow = Readonly<{
  topic: string
  kind: TopicRecord['kind']
  publishedBy: string | null
  /** null: nobody reads it. */
  reader: string | null
  isFollowing: boolean
  /** Nobody reads under this name yet: see `waitsForEncoder`. */
  isWaiting: boolean
  lag: number | null
  parked: number | null
}>

/** Encoders read as `embedding.ENCODER`; the bare name is that of the first one, which does not exist yet. */
export const waitsForEncoder = (group: string): boolean => group === 'embedding'

/** A row for each topic and reader; one that nobody reads has a row of its own. */
export const readerRows = (topics: readonly TopicRecord[]): ReaderRow[] =>
  topics.flatMap(({ name: topic, kind, publishedBy, groups, followedBy }): ReaderRow[] => {
    const about = { topic, kind, publishedBy }
    const rows = [
      ...groups.map(({ group, lag, parked }) => {
        const isWaiting = waitsForEncoder(group)
        return { ...about, reader: group, isFollowing: false, isWaiting, lag: isWaiting ? null : lag, parked }
      }),
      ...followedBy.map((reader) => ({ ...about, ...unread, reader, isFollowing: true })),
    ]
    return rows.length > 0 ? rows : [{ ...about, ...unread, reader: null }]
  })

const unread = { isFollowing: false, isWaiting: false, lag: null, parked: null } as const
