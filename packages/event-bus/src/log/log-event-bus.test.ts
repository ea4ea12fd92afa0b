import { describe, expect, test } from 'vitest'
import { memoryLog } from '../adapters/memory/memory.event-log.ts'
import { eventOf, eventsOf, numbersOf, taker, until, upTo, viewed } from '../contract/stage.ts'
import type { EventLog } from '../event-log.port.ts'
import { logEventBus } from './log-event-bus.ts'
import type { Observation } from './observation.ts'

/** A bus over a memory log of which single calls can be made to fail. */
async function troubledBus(troubles: { read: number; settle: number; append: number }) {
  const seen: Observation[] = []
  const failing = async (name: keyof typeof troubles) => {
    troubles[name] -= 1
    if (troubles[name] >= 0) throw new Error(`${name}: the disk is full`)
  }
  const bus = await logEventBus({
    clock: { now: () => 42 },
    observe: (observation) => seen.push(observation),
    async openLog(appended) {
      const log = memoryLog({}, appended)
      const troubled: EventLog = {
        ...log,
        append: (topic, rows) => failing('append').then(() => log.append(topic, rows)),
        read: (from, limit, characters) => failing('read').then(() => log.read(from, limit, characters)),
        settle: (group, settlement) => failing('settle').then(() => log.settle(group, settlement)),
      }
      return troubled
    },
  })
  return { bus, seen }
}

describe('a bus whose log fails at times', () => {
  test('tells the publisher, holds nothing of the call, and takes the next one', async () => {
    const { bus } = await troubledBus({ read: 0, settle: 0, append: 1 })
    const { taken, handle } = taker()
    await expect(bus.publish(viewed, [eventOf('a', { n: 1 })])).rejects.toThrow('the disk is full')
    await bus.publish(viewed, [eventOf('a', { n: 2 })])
    await bus.subscribe({ group: 'g', topics: [viewed], handle })
    await until(() => taken.length === 1)
    expect(numbersOf(taken)).toEqual([2])
    await bus.close()
  })

  test('reads again, and says so', async () => {
    const { bus, seen } = await troubledBus({ read: 2, settle: 0, append: 0 })
    const { taken, handle } = taker()
    await bus.publish(viewed, eventsOf(3))
    await bus.subscribe({ group: 'g', topics: [viewed], handle })
    await until(() => seen.length >= 1)
    // News wakes a reader that waits after a failure.
    await bus.publish(viewed, [eventOf('a', { n: 3 })])
    await until(() => seen.length >= 2)
    await bus.publish(viewed, [eventOf('a', { n: 4 })])
    await until(() => taken.length === 5)
    const failed = { kind: 'log-failed', group: 'g', reason: 'read: the disk is full' }
    expect(seen).toEqual([failed, failed])
    await bus.close()
  })

  test('does not pass a message that it could not park', async () => {
    const { bus, seen } = await troubledBus({ read: 0, settle: 1, append: 0 })
    await bus.publish(viewed, [eventOf('a', { n: 'unreadable' })])
    await bus.subscribe({ group: 'g', topics: [viewed], handle: async () => {} })
    await until(() => seen.length >= 1)
    await bus.publish(viewed, [eventOf('a', { n: 1 })])
    await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
    expect(seen.map(({ kind }) => kind)).toEqual(['log-failed', 'parked'])
    expect((await bus.parking.list('g')).map(({ parkedAt }) => parkedAt)).toEqual([42])
    await bus.close()
  })

  test('goes on handling when offsets cannot be stored', async () => {
    const { bus, seen } = await troubledBus({ read: 0, settle: 1, append: 0 })
    const { taken, handle } = taker()
    await bus.publish(
      viewed,
      eventsOf(9, () => 'one-key'),
    )
    await bus.subscribe({ group: 'g', topics: [viewed], handle, batchSize: 3 })
    await until(() => taken.length === 9)
    expect(numbersOf(taken)).toEqual(upTo(9))
    expect(seen).toEqual([{ kind: 'log-failed', group: 'g', reason: 'settle: the disk is full' }])
    await bus.close()
  })
})

test('says what was rejected and what was parked', async () => {
  const { bus, seen } = await troubledBus({ read: 0, settle: 0, append: 0 })
  await bus.publish(viewed, [eventOf('a', { n: 1 })])
  await bus.subscribe({
    group: 'g',
    topics: [viewed],
    maximumAttempts: 2,
    retryDelayMs: 1,
    handle: () => Promise.reject(new Error('no')),
  })
  await until(() => seen.length === 2)
  const position = { topic: 'shop.viewed', partition: expect.any(Number), offset: 0 }
  expect(seen).toEqual([
    { kind: 'rejected', group: 'g', reason: 'Error: no', deliveries: 1, position },
    { kind: 'parked', group: 'g', reason: 'Error: no', position, attempts: 2 },
  ])
  await bus.close()
})
