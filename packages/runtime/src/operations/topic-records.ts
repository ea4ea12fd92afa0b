import type { Topic, TopicRecord } from '@eip/contracts'
import { type EventBus, followGroup, type ParkedCount } from '@eip/event-bus'
import type { ServiceDefinition } from '../service.ts'
import type { PlatformMetrics } from './metric-history.ts'

const parkedMessages = 'eip_parked_messages'

type Needs = Readonly<{
  definitions: readonly ServiceDefinition[]
  bus: Pick<EventBus, 'lag' | 'parking'>
  metrics: PlatformMetrics
}>

/**
 * Every topic that a service publishes or reads, by name, and how far its readers are. A declared group `a` stands for the
 * groups `a` and `a.…` that report themselves by `eip_parked_messages`; for itself, if none does. Whatever else holds parked
 * messages of a topic stands there too, followers as `follow`: these keep no offsets, so they have no lag.
 */
export async function topicRecords({ definitions, bus, metrics }: Needs): Promise<readonly TopicRecord[]> {
  const [counts, processes] = await Promise.all([bus.parking.groups(), metrics([parkedMessages])])
  const reporting = processes.flatMap(({ snapshot }) =>
    snapshot.values(parkedMessages).map(({ labels }) => labels.group ?? ''),
  )

  const recordOf = async (topic: Topic): Promise<TopicRecord> => {
    const names = groupsOf(topic, definitions, reporting, counts)
    return {
      name: topic.name,
      kind: topic.kind,
      publishedBy: definitions.find(({ publishes }) => has(publishes, topic))?.name ?? null,
      groups: await Promise.all(
        names.map(async (group) => ({
          group,
          lag: isFollowing(group) ? 0 : ((await bus.lag(group, [topic]))[topic.name] ?? 0),
          parked: counts.find((each) => each.group === group)?.topics[topic.name] ?? 0,
        })),
      ),
      followedBy: definitions.filter(({ follows = [] }) => has(follows, topic)).map(({ name }) => name),
    }
  }
  return Promise.all(topicsOf(definitions).map(recordOf))
}

const has = (topics: readonly Topic[], { name }: Topic): boolean => topics.some((topic) => topic.name === name)
const isFollowing = (group: string): boolean => group === followGroup

function topicsOf(definitions: readonly ServiceDefinition[]): readonly Topic[] {
  const all = definitions.flatMap(({ publishes, consumes, follows = [] }) => [
    ...publishes,
    ...Object.values(consumes).flat(),
    ...follows,
  ])
  return [...new Map(all.map((topic) => [topic.name, topic])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function groupsOf(
  topic: Topic,
  definitions: readonly ServiceDefinition[],
  reporting: readonly string[],
  counts: readonly ParkedCount[],
): readonly string[] {
  const declared = definitions.flatMap(({ consumes }) =>
    Object.entries(consumes).flatMap(([group, topics]) => (has(topics, topic) ? [group] : [])),
  )
  const running = declared.flatMap((group) => {
    const own = reporting.filter((name) => name === group || name.startsWith(`${group}.`))
    return own.length > 0 ? own : [group]
  })
  const parking = counts.filter(({ topics }) => (topics[topic.name] ?? 0) > 0).map(({ group }) => group)
  return [...new Set([...running, ...parking])].sort()
}
