import { setImmediate } from 'node:timers/promises'
import {
  type EmbeddedProduct,
  encoderPublished,
  type PublishedEncoder,
  productChanged,
  productEmbedded,
  productEmbeddedKey,
  scoreChanged,
  stockChanged,
} from '@eip/contracts'
import { memoryEventBus } from '@eip/event-bus/memory'
import { envelopeOf, temporaryDirectory, until } from '@eip/testkit'
import { expect, it } from 'vitest'
import { scoreOf, stockOf } from './columns.fixture.ts'
import { openStage, publishProducts, titlesOf, totalOf } from './stage.fixture.ts'

it('builds the view anew while changes stream in: no search sees fewer products, and afterwards both are equal', async () => {
  const stage = await openStage()
  const { bus, client, reader } = stage
  await publishProducts(bus, 0, 3_000)
  await stage.settled()
  const before = await totalOf(reader)
  expect(before).toBe(3_000)

  await client.rebuild({})
  const seen: number[] = []
  for (let first = 3_000; !(await stage.states()).includes('g2 serving'); first += 20) {
    await publishProducts(bus, first, 20)
    await publishProducts(bus, 0, 20, first)
    for (let n = 0; n < 5; n++) seen.push(await totalOf(reader))
    await setImmediate()
  }
  seen.push(await totalOf(reader))
  expect(seen[0]).toBeGreaterThanOrEqual(before)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))

  await stage.settled()
  const [earlier, now] = (await client.status({})).generations
  expect(earlier).toMatchObject({ name: 'g1', state: 'previous' })
  expect(now).toMatchObject({ name: 'g2', state: 'serving', trouble: null, parked: 0 })
  expect(now!.peakMemoryBytes).toBeGreaterThan(0)
  const rebuilt = await titlesOf(reader)
  await until('the earlier one is fed too', async () => (await client.status({})).generations[0]?.eventsLeft === 0)
  await client.rollBack({})
  expect(await titlesOf(reader)).toEqual(rebuilt)
  await stage.stop()
  await bus.close()
})

const dimensions = 8
const at = Date.UTC(2026, 0, 1)
const embedded = (productId: string, encoder: string) => ({
  ...envelopeOf(productId, 1, null),
  ...{ id: `${encoder}/${productId}@1`, schema: productEmbedded.schema, deleted: false },
  key: productEmbeddedKey(encoder, productId),
  payload: {
    ...{ productId, encoder, textHash: 'h' },
    vector: Buffer.from(new Float32Array(dimensions).fill(1).buffer).toString('base64'),
  } satisfies EmbeddedProduct,
})
const published = (encoder: string, state: PublishedEncoder['state']) => ({
  ...{ id: `${encoder}@1`, schema: encoderPublished.schema, key: encoder, version: 1, deleted: false, market: {} },
  ...{ occurredAt: at, recordedAt: at },
  payload: { encoder, kind: 'catalogue', name: 'test', dimensions, languages: null, state, vectors: 1 } as const,
})

it("brings encoders' vectors back from their topic, and leaves out those of retired ones", async () => {
  const stage = await openStage()
  const { bus, client, reader } = stage
  await publishProducts(bus, 0, 2)
  await bus.publish(productEmbedded, [embedded('p0', 'kept'), embedded('p0', 'gone')])
  await bus.publish(encoderPublished, [published('kept', 'serving'), published('gone', 'retired')])
  await stage.settled()
  await client.rebuild({})
  await stage.serves('g2')
  expect(await reader.vectorOf('p0', 'kept')).not.toBeNull()
  expect(reader.statistics().encoders).toEqual([{ encoder: 'kept', dimensions, vectors: 1 }])
  await stage.stop()
  await bus.close()
})

it('fills the columns of other owners from their topics', async () => {
  const stage = await openStage()
  const { bus, client, generations } = stage
  await publishProducts(bus, 0, 50)
  const ids = Array.from({ length: 60 }, (_, i) => `p${i}`)
  await bus.publish(
    stockChanged,
    ids.map((id, i) => stockOf(id, i + 1, i)),
  )
  await bus.publish(scoreChanged, [scoreOf('p1', 2, 0.5), scoreOf('p2', 3, null)])
  await stage.settled()
  await (await generations.writer('g1')).applyColumns(
    [{ owner: 'inventory', id: 'p3', version: 99, numbers: { atp: 77 } }],
    {},
  )
  const before = await client.listVersions({ limit: 1_000 })
  await client.rebuild({})
  await stage.serves('g2')
  const after = await client.listVersions({ limit: 1_000 })
  const sorted = (of: typeof before) => of.versions.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const isSpoilt = ({ id }: { id: string }) => id === 'p3'
  expect(sorted(after).find(isSpoilt)).toMatchObject({ stock: { version: 4, atp: 3 } })
  const rest = (of: typeof before) => sorted(of).filter((each) => !isSpoilt(each))
  expect(rest(after)).toEqual(rest(before))
  expect(rest(after)).toHaveLength(59)
  await stage.stop()
  await bus.close()
})

it('repairs a view that holds what the log does not say', async () => {
  const stage = await openStage()
  const { bus, client, generations, reader } = stage
  await publishProducts(bus, 0, 10)
  await stage.settled()
  await (await generations.writer('g1')).apply([{ id: 'p3', version: 99, product: null }], {})
  expect(await totalOf(reader)).toBe(9)
  await client.rebuild({})
  await stage.serves('g2')
  expect(await totalOf(reader)).toBe(10)
  await stage.stop()
  await bus.close()
})

it('goes on with a rebuild after the program ended in the middle of it', async () => {
  using directory = temporaryDirectory()
  const bus = await memoryEventBus()
  const first = await openStage({ bus, dir: directory.path })
  await publishProducts(bus, 0, 3_000)
  await first.settled()
  await first.client.rebuild({})
  await first.stop()
  await publishProducts(bus, 3_000, 50)
  const second = await openStage({ bus, dir: directory.path })
  expect(await second.states()).toContain((await second.states()).length === 2 ? 'g1 serving' : 'g2 serving')
  await second.serves('g2')
  await second.settled()
  expect(await totalOf(second.reader)).toBe(3_050)
  await second.stop()
  const third = await openStage({ bus, dir: directory.path })
  expect(await third.states()).toEqual(['g1 previous', 'g2 serving'])
  expect(await totalOf(third.reader)).toBe(3_050)
  await third.stop()
  await bus.close()
})

it('refuses a second rebuild while one runs, and gives it up when asked to roll back', async () => {
  const stage = await openStage()
  const { bus, client } = stage
  await publishProducts(bus, 0, 3_000)
  await stage.settled()
  const [first, second] = await Promise.allSettled([client.rebuild({}), client.rebuild({})])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ reason: { code: 'indexer.rebuild-runs' } })
  await stage.serves('g2')
  await client.rebuild({})
  expect(await client.rollBack({})).toEqual({ outcome: 'given-up', generation: 'g3' })
  expect(await stage.states()).toEqual(['g1 previous', 'g2 serving'])
  await stage.stop()
  await bus.close()
})

it('goes back to the view before, which was kept up to date, and forth again', async () => {
  const stage = await openStage()
  const { bus, client, reader } = stage
  await publishProducts(bus, 0, 5)
  await stage.settled()
  await expect(client.rollBack({})).rejects.toMatchObject({ code: 'indexer.nothing-to-roll-back' })
  await client.rebuild({})
  await stage.serves('g2')
  await publishProducts(bus, 5, 5)
  await stage.settled()
  expect(await client.rollBack({})).toEqual({ outcome: 'rolled-back', generation: 'g1' })
  expect(await stage.states()).toEqual(['g1 serving', 'g2 previous'])
  expect(await totalOf(reader)).toBe(10)
  await publishProducts(bus, 10, 5)
  await stage.settled()
  expect(await client.rollBack({})).toEqual({ outcome: 'rolled-back', generation: 'g2' })
  expect(await totalOf(reader)).toBe(15)
  await stage.stop()
  await bus.close()
})

it('lets go of the view before when the roll-back window has ended, and of all but the newest', async () => {
  const stage = await openStage()
  const { bus, client, clock } = stage
  await publishProducts(bus, 0, 5)
  await stage.settled()
  await client.rebuild({})
  await stage.serves('g2')
  clock.advance(30_000)
  const [previous] = (await client.status({})).generations
  expect(Date.parse(previous!.keptUntil!)).toBe(clock.now() + 30_000)
  await client.rebuild({})
  await stage.serves('g3')
  await until('the oldest is gone', async () => (await stage.states()).join() === 'g2 previous,g3 serving')
  clock.advance(60_000)
  await until('the previous is gone', async () => (await stage.states()).join() === 'g3 serving')
  await expect(client.rollBack({})).rejects.toMatchObject({ code: 'indexer.nothing-to-roll-back' })
  await stage.stop()
  await bus.close()
})

it('stays ready, and counts what is parked by the view that parks it', async () => {
  const stage = await openStage()
  const { bus, client } = stage
  const unreadable = { ...envelopeOf('bad', 1, null), deleted: false, payload: { title: 7 } }
  await publishProducts(bus, 0, 50)
  await bus.publish(productChanged, [unreadable as never])
  await stage.settled()
  await until('ready', stage.isReady)
  await client.rebuild({})
  while (!(await stage.states()).includes('g2 serving')) {
    expect(stage.isReady()).toBe(true)
    await setImmediate()
  }
  expect(stage.isReady()).toBe(true)
  await stage.settled()
  expect((await client.status({})).generations).toMatchObject([{ parked: 1 }, { parked: 1, documents: 50 }])
  await stage.stop()
  await bus.close()
})
