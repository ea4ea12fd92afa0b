import { decodeConsumerProtocolSubscription, encodeConsumerProtocolAssignment } from '@platformatic/kafka'

export type MemberTopics = Readonly<{ memberId: string; topics: readonly string[] }>
export type TopicPartitions = Readonly<{ topic: string; partitions: number[] }>

/** The partitions of each topic in turn to the members that read it; turns go on from topic to topic, so that loads even out. */
export function dealt(
  members: readonly MemberTopics[],
  partitionsOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly TopicPartitions[]> {
  const inOrder = [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
  const hands = new Map(inOrder.map(({ memberId }) => [memberId, new Map<string, number[]>()]))
  let turn = 0
  for (const topic of [...new Set(members.flatMap(({ topics }) => topics))].sort()) {
    const readers = inOrder.filter(({ topics }) => topics.includes(topic))
    for (let partition = 0; partition < (partitionsOf.get(topic) ?? 0); partition += 1) {
      const hand = hands.get(readers[turn++ % readers.length]?.memberId ?? '')
      hand?.set(topic, [...(hand.get(topic) ?? []), partition])
    }
  }
  return new Map(
    [...hands].map(([memberId, hand]) => [memberId, [...hand].map(([topic, partitions]) => ({ topic, partitions }))]),
  )
}

/** What the leader of a group sends to the broker: each member's part, and the group's life, in the bytes of the consumer protocol. */
export function assignments(
  members: readonly Readonly<{ memberId: string; metadata: Buffer }>[],
  partitionsOf: ReadonlyMap<string, number>,
  life: string,
) {
  const parts = dealt(members.map(topicsOf), partitionsOf)
  return [...parts].map(([memberId, assignedPartitions]) => ({
    memberId,
    assignment: encodeConsumerProtocolAssignment({
      version: 0,
      assignedPartitions: [...assignedPartitions],
      userData: life,
    }),
  }))
}

export const topicsOf = ({ memberId, metadata }: Readonly<{ memberId: string; metadata: Buffer }>): MemberTopics => ({
  memberId,
  topics: decodeConsumerProtocolSubscription(metadata).topics,
})
