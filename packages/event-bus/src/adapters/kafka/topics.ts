import { setTimeout as wait } from 'node:timers/promises'
import { ConfigResourceTypes } from '@platformatic/kafka'
import { eventBusFailure } from '../../event-bus.failure.ts'
import type { TopicHead } from '../../event-log.port.ts'
import { isAnswer, type KafkaClient, reasonOf } from './client.ts'
import { persistently } from './persistence.ts'

export type TopicSettings = Readonly<{
  partitions: number
  replication: number
  retainMs: number
  compactAfterMs: number
  /** Settings of every topic that is made, beyond and above those that this adapter chooses. */
  settings: Readonly<Record<string, string>>
}>

/** Room for an event of 1 Mi characters, three bytes each, and its envelope in the log. */
const maximumMessageBytes = 4 << 20

/**
 * What a topic is made with. Time is that of storing (`LogAppendTime`), because imported history is old by its own times
 * and would expire as soon as it is there.
 */
function configOf(kind: TopicHead['kind'], { retainMs, compactAfterMs, settings }: TopicSettings) {
  const common = { 'message.timestamp.type': 'LogAppendTime', 'max.message.bytes': String(maximumMessageBytes) }
  const own =
    kind === 'state'
      ? { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': String(compactAfterMs) }
      : { 'cleanup.policy': 'delete', 'retention.ms': String(retainMs) }
  const all = { ...common, 'delete.retention.ms': String(7 * 86_400_000), ...own, ...settings }
  return Object.entries(all).map(([name, value]) => ({ name, value }))
}

/** Makes the topic if it is not there, checks it if it is, and answers with its number of partitions. */
export function openTopic(client: KafkaClient, name: string, kind: TopicHead['kind'], settings: TopicSettings) {
  return persistently(client, `topic "${name}"`, async () => {
    await make(client, name, kind, settings)
    const partitions = await partitionsOf(client, name)
    await check(client, name, kind, partitions, settings.partitions)
    return partitions
  })
}

async function make(client: KafkaClient, name: string, kind: TopicHead['kind'], settings: TopicSettings) {
  const { partitions, replication: replicas } = settings
  const wanted = { topics: [name], partitions, replicas, configs: configOf(kind, settings) }
  await client.admin.createTopics(wanted).catch((error: unknown) => {
    if (isAnswer(error, 'TOPIC_ALREADY_EXISTS')) return
    if (isAnswer(error, 'INVALID_REPLICATION_FACTOR')) {
      const sentence = `topic "${name}" cannot have ${replicas} copies (KAFKA_REPLICATION): ${reasonOf(error)}`
      throw eventBusFailure('event-bus.topic-refused', sentence, { name, replicas })
    }
    // One who may not make topics may still use those that are there.
    if (!isAnswer(error, 'TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED')) throw error
  })
}

/** A topic just made has its partitions led a moment later. */
async function partitionsOf(client: KafkaClient, name: string): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    const leaders = await client.leaders([name]).catch((error: unknown) => {
      if (attempt >= 100) throw error
      return new Map<string, readonly number[]>()
    })
    const led = leaders.get(name) ?? []
    if (led.length > 0 && led.every((leader) => leader >= 0)) return led.length
    client.forget()
    await wait(20)
  }
}

async function check(client: KafkaClient, name: string, kind: TopicHead['kind'], partitions: number, wanted: number) {
  const resource = {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: name,
    configurationKeys: ['cleanup.policy'],
  }
  const [described] = await client.admin.describeConfigs({ resources: [resource] })
  const policy = described?.configs.find((config) => config.name === 'cleanup.policy')?.value ?? 'delete'
  const found = policy === 'compact' ? 'state' : 'behaviour'
  if (found !== kind) {
    const sentence = `topic "${name}" has cleanup.policy=${policy}: it is a ${found} topic, not ${kind}`
    throw eventBusFailure('event-bus.topic-changed', sentence, { name, policy })
  }
  if (partitions < wanted) {
    const sentence = `topic "${name}" has ${partitions} partitions, but KAFKA_PARTITIONS asks for ${wanted} and a key never moves`
    throw eventBusFailure('event-bus.topic-refused', sentence, { name, partitions, wanted })
  }
}
