import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolSubscription,
  heartbeatV4,
  joinGroupV9,
  leaveGroupV5,
  offsetCommitV8,
  syncGroupV5,
} from '@platformatic/kafka'
import { isAnswer, isPassing, type KafkaClient } from './client.ts'
import { assignments, type TopicPartitions, topicsOf } from './dealing.ts'
import { claimAsText, claimIn, type LifeClaim, lifeAmong } from './group-life.ts'

/** A member's place in one gathering of its group, in the group's present life: the broker takes nothing from a member of an earlier one. */
export type Generation = Readonly<{ id: number; memberId: string; life: string }>
export type CommitOffset = Readonly<{ topic: string; partition: number; offset: number }>

/** What a member asks the coordinator of its group, by Kafka's classic protocol. */
export interface GroupProtocol {
  /** Waits until all members have come, and answers with this one's partitions. A newcomer has no `memberId` yet. */
  gather(memberId: string): Promise<Readonly<{ generation: Generation; parts: readonly TopicPartitions[] }>>
  beat(generation: Generation): Promise<'well' | 'rebalance' | 'out'>
  commit(generation: Generation, offsets: readonly CommitOffset[]): Promise<void>
  leave(memberId: string): Promise<void>
}

export type GroupProtocolOptions = Readonly<{
  groupId: string
  /** As the cluster calls them. */
  topics: readonly string[]
  /** Gathering may take as long as a rebalance: nobody else uses it. */
  client: KafkaClient
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number
}>

/** Our own name: a consumer that deals partitions otherwise is refused by the broker instead of dealt with wrongly. */
const protocol = 'eip-in-turn'
const protocolType = 'consumer'

export function groupProtocol(options: GroupProtocolOptions): GroupProtocol {
  const { client, groupId, sessionTimeoutMs, rebalanceTimeoutMs } = options
  const coordinator = () => client.coordinatorOf(groupId)
  let lived: LifeClaim | undefined

  async function gather(memberId: string) {
    const userData = claimAsText(lived)
    const metadata = encodeConsumerProtocolSubscription({ version: 1, topics: [...options.topics], userData })
    const node = await coordinator()
    const times = [sessionTimeoutMs, rebalanceTimeoutMs] as const
    const how = [protocolType, [{ name: protocol, metadata }], null] as const
    const [type, protocols, reason] = how
    const joined = await client.ask(
      node,
      joinGroupV9.api,
      groupId,
      ...times,
      memberId,
      null,
      type,
      [...protocols],
      reason,
    )
    // The member that leads deals the partitions out; the others are told by the broker what it dealt.
    const parts = joined.leader === joined.memberId ? await deal(joined.members) : []
    const synced = [groupId, joined.generationId, joined.memberId, null, protocolType, protocol, parts] as const
    const { assignment } = await client.ask(node, syncGroupV5.api, ...synced)
    const { assignedPartitions, userData: told } = decodeConsumerProtocolAssignment(assignment)
    const generation = { id: joined.generationId, memberId: joined.memberId, life: told.toString('utf8') }
    lived = { life: generation.life, generation: generation.id }
    return { generation, parts: assignedPartitions }
  }

  async function deal(members: Parameters<typeof assignments>[0]) {
    const topics = [...new Set(members.flatMap((member) => topicsOf(member).topics))]
    const leaders = await client.leaders(topics)
    const partitionsOf = new Map(topics.map((topic) => [topic, leaders.get(topic)?.length ?? 0]))
    const claims = members.map(({ metadata }) => decodeConsumerProtocolSubscription(metadata).userData.toString('utf8'))
    return assignments(members, partitionsOf, lifeAmong(claims.map(claimIn)))
  }

  async function beat({ id, memberId }: Generation) {
    try {
      await client.ask(await coordinator(), heartbeatV4.api, groupId, id, memberId, null)
      return 'well'
    } catch (error) {
      if (isAnswer(error, 'REBALANCE_IN_PROGRESS')) return 'rebalance'
      if (isAnswer(error, 'UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID')) return 'out'
      if (!isPassing(error)) throw error
      client.forget()
      return 'well'
    }
  }

  async function commit({ id, memberId, life }: Generation, offsets: readonly CommitOffset[]) {
    const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, own]) => ({
      name,
      partitions: own.map(({ partition, offset }) => ({
        partitionIndex: partition,
        committedOffset: BigInt(offset),
        committedLeaderEpoch: -1,
        // Whoever gets the partition next sees whether the offset tells of the state that the group builds now.
        committedMetadata: life,
      })),
    }))
    await client.ask(await coordinator(), offsetCommitV8.api, groupId, id, memberId, null, topics)
  }

  async function leave(memberId: string) {
    const members = [{ memberId, groupInstanceId: null, reason: 'closed' }]
    await client.ask(await coordinator(), leaveGroupV5.api, groupId, members)
  }

  return Object.freeze({ gather, beat, commit, leave })
}
