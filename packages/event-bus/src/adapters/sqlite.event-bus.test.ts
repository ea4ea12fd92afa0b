import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { Topic } from '@eip/contracts'
import { afterEach, describe, expect, test } from 'vitest'
import {
  contentOf,
  eventOf,
  eventsOf,
  numberOf,
  numbersOf,
  priceChanged,
  sorted,
  taker,
  until,
  upTo,
  viewed,
} from '../contract/stage.ts'
import { eventBusContract } from '../event-bus.contract.ts'
import type { EventBus } from '../event-bus.port.ts'
import { type SqliteEventBusOptions, sqliteEventBus } from './sqlite.event-bus.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'event-bus-'))

describe('sqlite event bus', () =>
  eventBusContract(async () => {
    const folder = await newFolder()
    const open = () => sqliteEventBus({ file: join(folder, 'log.sqlite'), compactAfterMs: 0, tidyEveryMs: 2 })
    let bus = await open()
    return {
      bus,
      async reopen() {
        await bus.close()
        bus = await open()
        return bus
      },
      dispose: () => rm(folder, { recursive: true }),
    }
  }))

const startProgram = (name: string, file: string) =>
  spawn(process.execPath, [fileURLToPath(new URL(`./${name}.fixture.ts`, import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

/** The calls that a writer saw acknowledged before it was killed in the middle of others. */
async function killedAfter(file: string, acknowledgements: number): Promise<string[]> {
  const child = startProgram('crash-writer', file)
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (lines.push(line) === acknowledgements) child.kill('SIGKILL')
  }
  return lines
}

describe('sqlite event log', () => {
  const opened: EventBus[] = []
  const folders: string[] = []
  const place = async () => {
    const folder = await newFolder()
    folders.push(folder)
    return join(folder, 'made', 'log.sqlite')
  }
  const open = async (options: SqliteEventBusOptions) => {
    const bus = await sqliteEventBus(options)
    opened.push(bus)
    return bus
  }
  afterEach(async () => {
    for (const bus of opened.splice(0)) await bus.close()
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
  })

  test.for([1, 40, 250])('loses nothing acknowledged and tears no call when killed after %i of them', async (count) => {
    const file = await place()
    const acknowledged = await killedAfter(file, count)
    expect(acknowledged.length).toBeGreaterThanOrEqual(count)
    const bus = await open({ file })
    const calls = new Map<string, number>()
    const last = new Map<string, number>()
    for (const delivery of await contentOf(bus, viewed)) {
      const { key } = delivery.event
      const call = `${key.charAt(0)} ${numberOf(delivery)}`
      calls.set(call, (calls.get(call) ?? 0) + 1)
      expect(numberOf(delivery)).toBe((last.get(key) ?? -1) + 1)
      last.set(key, numberOf(delivery))
    }
    for (const call of acknowledged) expect(calls.get(call)).toBe(10)
    for (const events of calls.values()) expect(events).toBe(10)
    await bus.publish(viewed, [eventOf('after', { n: 1 })])
  })

  test('gives what was accepted for a retry again after the process was killed in the middle of it', async () => {
    const file = await place()
    const child = startProgram('crash-retrier', file)
    const exited = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGKILL')
    await exited
    const bus = await open({ file })
    expect(await bus.parking.groups()).toEqual([{ group: 'g', messages: 5, topics: { 'shop.viewed': 5 } }])
    expect(await bus.lag('g', [viewed])).toEqual({ 'shop.viewed': 5 })
    const { taken, handle } = taker()
    await bus.subscribe({ group: 'g', topics: [viewed], handle })
    await until(async () => (await bus.lag('g', [viewed]))['shop.viewed'] === 0)
    const parked = (await bus.parking.list('g')).map(({ body }) => JSON.parse(body).payload.n)
    expect(sorted([...numbersOf(taken), ...parked])).toEqual(upTo(10))
    expect(taken.every(({ isRetried }) => isRetried)).toBe(true)
  })

  test('reads a file of the first format, parked messages too', async () => {
    const file = await place()
    const strict: Topic = { ...viewed, payload: viewed.payload.refine(() => false, 'not yet') }
    const before = await sqliteEventBus({ file })
    await before.publish(viewed, eventsOf(3))
    await before.subscribe({ group: 'g', topics: [strict], handle: async () => {} })
    await until(async () => (await before.parking.list('g')).length === 3)
    await before.close()
    const database = new DatabaseSync(file)
    database.exec('DROP TABLE retry; PRAGMA user_version = 1')
    database.close()
    const bus = await open({ file })
    const positions = (await bus.parking.list('g')).map(({ position }) => position)
    expect(await bus.parking.retry('g', positions)).toEqual({ retried: 3, absent: 0 })
    const { taken, handle } = taker()
    await bus.subscribe({ group: 'g', topics: [viewed], handle })
    await until(() => taken.length === 3)
  })

  test('refuses a file of a newer format, and names the file and the versions', async () => {
    const file = await place()
    await (await sqliteEventBus({ file })).close()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(open({ file })).rejects.toMatchObject({
      code: 'event-bus.newer-format',
      message: expect.stringMatching(/log\.sqlite" has format version 99, .* version 2$/),
      details: { file, version: 99, supported: 2 },
    })
  })

  test('refuses files that are not its own', async () => {
    const file = await place()
    const folder = join(file, '..', '..')
    await writeFile(join(folder, 'text'), 'a text that is no database, and long enough to have a head. '.repeat(20))
    const database = new DatabaseSync(join(folder, 'other'))
    database.exec('CREATE TABLE other (id)')
    database.close()
    for (const name of ['text', 'other']) {
      await expect(open({ file: join(folder, name) })).rejects.toMatchObject({ code: 'event-bus.not-a-log' })
    }
  })

  test('refuses a file that another process holds, until that is gone', async () => {
    const file = await place()
    const child = startProgram('crash-writer', file)
    const exited = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await expect(open({ file })).rejects.toMatchObject({ code: 'event-bus.in-use' })
    child.kill('SIGKILL')
    await exited
    await open({ file })
  })

  test('keeps the number of partitions that a topic was made with', async () => {
    const file = await place()
    const events = eventsOf(100, (n) => `key-${n % 10}`)
    const few = await open({ file, partitions: 2 })
    await few.publish(viewed, events.slice(0, 50))
    await few.close()
    const many = await open({ file, partitions: 16 })
    await many.publish(viewed, events.slice(50))
    const content = await contentOf(many, viewed)
    expect(new Set(content.map(({ position }) => position.partition)).size).toBe(2)
    for (const key of upTo(10)) {
      const numbers = numbersOf(content.filter(({ event }) => event.key === `key-${key}`))
      expect(numbers).toEqual(upTo(10).map((n) => n * 10 + key))
    }
    await expect(open({ file, partitions: 0 })).rejects.toMatchObject({ code: 'event-bus.bad-options' })
  })

  test('parks what the disk or another program broke, with the bytes that are left', async () => {
    const file = await place()
    const bus = await open({ file })
    await bus.publish(
      viewed,
      eventsOf(3, () => 'one-key'),
    )
    await bus.close()
    const database = new DatabaseSync(file)
    database.exec(`UPDATE event SET body = '{"id":' WHERE place % 1099511627776 = 0`)
    database.exec(`UPDATE event SET body = '{"id":"x"}' WHERE place % 1099511627776 = 1`)
    database.close()
    const again = await open({ file })
    const { taken, handle } = taker()
    await again.subscribe({ group: 'g', topics: [viewed], handle })
    await until(() => taken.length === 1)
    await until(async () => (await again.parking.list('g')).length === 2)
    expect(numbersOf(taken)).toEqual([2])
    const parked = await again.parking.list('g')
    expect(parked.map(({ body }) => body)).toEqual(['{"id":', '{"id":"x"}'])
    expect(parked[0]?.reason).toBe('the envelope is not JSON')
    expect(parked[1]?.reason).toMatch(/^the envelope is broken: field "/)
  })

  test('lets behaviour expire by the time it was stored, whatever its events say of theirs', async () => {
    const file = await place()
    let now = 1_000_000
    const bus = await open({ file, clock: { now: () => now }, retainMs: 500, tidyEveryMs: 2 })
    await bus.publish(
      viewed,
      eventsOf(700, () => 'one-key'),
    )
    now += 300
    await bus.publish(viewed, [eventOf('one-key', { n: 1_000 })])
    expect(await contentOf(bus, viewed)).toHaveLength(701)
    now += 300
    await until(async () => (await contentOf(bus, viewed)).length === 1)
    now += 300
    await until(async () => (await contentOf(bus, viewed)).length === 0)
    await bus.close()
    const again = await open({ file, clock: { now: () => now } })
    await again.publish(viewed, [eventOf('one-key', { n: 1_001 })])
    expect((await contentOf(again, viewed)).map(({ position }) => position.offset)).toEqual([701])
  })

  test('keeps every change of a state for a while, for readers that want them all', async () => {
    const file = await place()
    let now = 1_000_000
    const bus = await open({ file, clock: { now: () => now }, compactAfterMs: 500, tidyEveryMs: 2 })
    for (const version of [1, 2]) await bus.publish(priceChanged, [eventOf('a', { n: version }, { version })])
    now += 400
    for (const version of [3, 4]) await bus.publish(priceChanged, [eventOf('a', { n: version }, { version })])
    now += 200
    await until(async () => (await contentOf(bus, priceChanged)).length < 4)
    expect(numbersOf(await contentOf(bus, priceChanged))).toEqual([2, 3, 4])
  })
})
