import { fetchV12, findErrorBy } from '@platformatic/kafka'
import type { KafkaClient } from './client.ts'

/** Where to read from; `topic` as the cluster calls it. */
export type Place = Readonly<{ topic: string; partition: number; offset: number }>

export type FetchedRow = Readonly<{ offset: number; key: Buffer | null; value: Buffer | null }>

/** What a partition gave; `next` is where the next read goes on, `end` the first offset that is not there yet. */
export type Fetched = Place & Readonly<{ rows: readonly FetchedRow[]; next: number; end: number; error: number }>

/** The log does not hold the place: it begins later, or ends before. */
export const isOutOfRange = (fetched: Fetched): boolean => fetched.error === outOfRange

export type FetchLimits = Readonly<{ waitMs: number; bytes: number; bytesOfPartition: number }>

type FetchResponse = Awaited<ReturnType<typeof fetchV12.api.async>>
type FetchResponsePartition = FetchResponse['responses'][number]['partitions'][number]

const limitsOfScan: FetchLimits = { waitMs: 100, bytes: 1 << 20, bytesOfPartition: 1 << 20 }
const isControl = 1 << 5
const outOfRange = 1

/** One read of what a broker leads. An answer with an error for one partition is an answer for the others. */
export async function fetchOf(
  client: KafkaClient,
  node: number,
  places: readonly Place[],
  limits: FetchLimits,
): Promise<readonly Fetched[]> {
  const topics = [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, own]) => ({
    // In this version of the request the field holds the name.
    topicId: topic,
    partitions: own.map(({ partition, offset }) => ({
      partition,
      currentLeaderEpoch: -1,
      fetchOffset: BigInt(offset),
      lastFetchedEpoch: -1,
      partitionMaxBytes: limits.bytesOfPartition,
    })),
  }))
  const response = await client
    .ask(node, fetchV12.api, limits.waitMs, 1, limits.bytes, 0, 0, -1, topics, [], '')
    .catch(answerOf)
  const asked = new Map(places.map((place) => [`${place.topic}/${place.partition}`, place]))
  return response.responses.flatMap(({ topicId, partitions }) =>
    partitions.flatMap((partition) => {
      const place = asked.get(`${topicId}/${partition.partitionIndex}`)
      return place === undefined ? [] : [fetchedOf(place, partition)]
    }),
  )
}

function answerOf(error: unknown): FetchResponse {
  const response = error instanceof Error ? findErrorBy(error, 'code', 'PLT_KFK_RESPONSE')?.response : undefined
  if (response === undefined || response.errorCode !== 0) throw error
  return response as FetchResponse
}

function fetchedOf(place: Place, { errorCode, highWatermark, records }: FetchResponsePartition): Fetched {
  const rows: FetchedRow[] = []
  let next = place.offset
  for (const batch of records ?? []) {
    const first = Number(batch.firstOffset)
    if ((batch.attributes & isControl) === 0) {
      for (const { offsetDelta, key, value } of batch.records) {
        // A batch comes whole, even if only its end was asked for.
        if (first + offsetDelta >= place.offset) rows.push({ offset: first + offsetDelta, key, value })
      }
    }
    next = Math.max(next, first + batch.lastOffsetDelta + 1)
  }
  return { ...place, rows, next, end: Number(highWatermark), error: errorCode }
}

/** All that a partition holds between two offsets, read by read; the last read may go beyond. */
export async function* scan(client: KafkaClient, from: Place, to: number): AsyncGenerator<readonly FetchedRow[]> {
  let place = from
  while (place.offset < to) {
    const leader = (await client.leaders([place.topic])).get(place.topic)?.[place.partition] ?? -1
    const [fetched] = await fetchOf(client, leader, [place], limitsOfScan)
    if (fetched === undefined || fetched.error !== 0) {
      throw new Error(`${place.topic}/${place.partition} from ${place.offset}: the broker answers ${fetched?.error}`)
    }
    yield fetched.rows
    place = { ...place, offset: fetched.next }
  }
}
