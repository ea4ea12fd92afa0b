import type { TopicRecord } from '@eip/contracts'
import { waitsForEncoder } from './reader-rows.ts'

export type StreamReader = Readonly<{ name: string; isBehind: boolean; hasParked: boolean }>

/** By places in the lists: from a publisher to a topic, or from a topic to a reader. */
export type StreamLine = Readonly<{ from: number; to: number; isFollowing: boolean }>

/** Publishers, topics and readers, each from top to bottom, and the lines between them. */
export type StreamMap = Readonly<{
  publishers: readonly string[]
  topics: readonly string[]
  readers: readonly StreamReader[]
  published: readonly StreamLine[]
  read: readonly StreamLine[]
}>

/**
 * Lays out who publishes and who reads. Topics stand in the order of their publishers, readers at the mean place of what they
 * read, which keeps lines from crossing where it is cheap to (the barycentre heuristic of Sugiyama et al., 1981, one sweep).
 */
export function streamMap(given: readonly TopicRecord[]): StreamMap {
  const topics = given.toSorted((a, b) => inOrder(a.publishedBy ?? '', b.publishedBy ?? '') || inOrder(a.name, b.name))
  const publishers = [...new Set(topics.map(({ publishedBy }) => publishedBy).filter((name) => name !== null))]
  const reads = topics.flatMap(({ groups, followedBy }, topic) => [
    ...groups.map(({ group, lag, parked }) => ({
      ...{ name: group, topic, isFollowing: false, parked },
      lag: waitsForEncoder(group) ? 0 : lag,
    })),
    ...followedBy.map((name) => ({ name, topic, isFollowing: true, lag: 0, parked: 0 })),
  ])
  const readers = [...Map.groupBy(reads, ({ name }) => name)]
    .map(([name, own]) => ({
      name,
      isBehind: own.some(({ lag }) => lag > 0),
      hasParked: own.some(({ parked }) => parked > 0),
      meanPlace: own.reduce((sum, { topic }) => sum + topic, 0) / own.length,
    }))
    .sort((a, b) => a.meanPlace - b.meanPlace || inOrder(a.name, b.name))
  const places = new Map(readers.map(({ name }, place) => [name, place]))
  return {
    publishers,
    topics: topics.map(({ name }) => name),
    readers: readers.map(({ name, isBehind, hasParked }) => ({ name, isBehind, hasParked })),
    published: topics.flatMap(({ publishedBy }, to) =>
      publishedBy === null ? [] : [{ from: publishers.indexOf(publishedBy), to, isFollowing: false }],
    ),
    read: reads.map(({ name, topic, isFollowing }) => ({ from: topic, to: places.get(name)!, isFollowing })),
  }
}

const inOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
