import { expect, test } from 'vitest'
import type { KafkaClient } from './client.ts'
import { assertUsable } from './opening.ts'

const place = { brokers: ['kafka:9092'], clientId: 'test', prefix: '', security: {} }

/** A broker as far as the check asks it. */
const brokerThatSpeaks = (versions: Readonly<Record<string, readonly [number, number]>>) => {
  const apis = Object.entries(versions).map(([name, [minVersion, maxVersion]]) => ({ name, minVersion, maxVersion }))
  return { admin: { listApis: async () => apis, metadata: async () => ({}) } } as unknown as KafkaClient
}

const ofKafka40 = {
  Fetch: [4, 17],
  FindCoordinator: [0, 6],
  Heartbeat: [0, 4],
  JoinGroup: [2, 9],
  LeaveGroup: [0, 5],
  OffsetCommit: [2, 9],
  SyncGroup: [0, 5],
} as const

test('a broker of today is taken', async () => {
  await assertUsable(brokerThatSpeaks(ofKafka40), place)
})

test('a broker that is too old is refused with what it lacks', async () => {
  await expect(assertUsable(brokerThatSpeaks({ ...ofKafka40, JoinGroup: [0, 7] }), place)).rejects.toMatchObject({
    code: 'event-bus.old-broker',
    message: 'the brokers at kafka:9092 do not speak JoinGroup 9',
    cure: expect.stringContaining('KAFKA_BROKERS'),
  })
})
