import type { ParkedRecord } from '@eip/contracts'

type Place = Pick<ParkedRecord, 'group' | 'topic' | 'partition' | 'offset'>

/** Where a message stands in its topic. */
export const placeOf = ({ topic, partition, offset }: Omit<Place, 'group'>): string =>
  `${topic} / ${partition} / ${offset}`

/** Names a parked message: one place may be parked for several readers. */
export const keyOf = (place: Place): string => `${place.group} ${placeOf(place)}`

/** What the gateway is told of messages that are to be tried again. */
export const placesOf = (records: readonly Place[]): Place[] =>
  records.map(({ group, topic, partition, offset }) => ({ group, topic, partition, offset }))

export type ParkedGroup = Readonly<{ reader: string; records: readonly ParkedRecord[] }>

/** The messages of each reader, newest first; readers by name. */
export const byReader = (records: readonly ParkedRecord[]): ParkedGroup[] =>
  [...Map.groupBy(records, ({ group }) => group)]
    .map(([reader, own]) => ({
      reader,
      records: own.toSorted((a, b) => (a.parkedAt === b.parkedAt ? 0 : a.parkedAt < b.parkedAt ? 1 : -1)),
    }))
    .sort((a, b) => (a.reader < b.reader ? -1 : 1))
